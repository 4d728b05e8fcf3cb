"""The staff console: what waits, how the machinery is doing, and who did what."""

from flask import current_app, render_template, request
from flask_babel import lazy_gettext as _l

from civic.accounts.access import has_role, is_staff
from civic.core import audit, jobs, pdf
from civic.core.doors import allowed
from civic.core.forms import Form, TextField, clean, plain_digits
from civic.core.manifest import StaffTask
from civic.core.pages import page_of
from civic.home import frame, queries
from civic.home.views import bp

is_administrator = has_role("administrator")
VERIFIED_AT_ONCE = 5_000
"""Up to so many entries the chain is proven on every visit; a longer one when it is asked for."""


class AuditSearch(Form):
    """What to look for in the audit log."""

    class Meta:
        """A search changes nothing, so it carries no token into the address."""

        csrf = False

    verb = TextField(_l("What was done"), description=_l("Any part of it, like role.granted"))
    thing = TextField(_l("Kind of thing"), description=_l("Like survey or account_user"))
    thing_id = TextField(_l("Its number"))
    actor = TextField(_l("Account number of who did it"))


@bp.get("/staff")
@allowed(is_staff)
def staff_front() -> str:
    """My tasks: what waits comes first."""
    lines = [(task, task.waiting() if task.waiting else None) for task in frame.tasks()]
    waiting = [line for line in lines if line[1]]
    return render_template("home/staff_front.html", waiting=waiting, rest=[line for line in lines if not line[1]])


@bp.get("/staff/health")
@allowed(is_administrator)
def show_health() -> str:
    """Jobs, mail, database and PDF now; the invariants on demand, because proving them reads everything."""
    proven = request.args.get("check") == "yes"
    house = current_app.extensions["civic"]
    problems = [str(problem) for proof in house.checks for problem in proof()] if proven else []
    return render_template(
        "home/show_health.html", machine=queries.machine(), jobs=jobs.waiting(), proven=proven, problems=problems,
        checks=len(house.checks), periodic=len(house.periodic), no_pdf=pdf.why_not(),
    )  # fmt: skip


@bp.get("/staff/audit")
@allowed(is_administrator)
def show_audit() -> str:
    """The audit log, newest first, with the proof that nothing in it was changed."""
    form = AuditSearch(request.args)
    typed = {name: clean(form[name].data or "")[:100] for name in ("verb", "thing", "thing_id", "actor")}
    number = plain_digits(typed["actor"])
    wanted = int(number) if number.isdecimal() and len(number) < 16 else None if not number else 0
    entries = queries.audit_entries(verb=typed["verb"], thing=typed["thing"], thing_id=typed["thing_id"], actor=wanted)
    page = page_of(entries, [audit.AuditEntry.id.desc()], at=request.args.get("at"))
    size = queries.audit_size()
    proven = size <= VERIFIED_AT_ONCE or request.args.get("verify") == "yes"
    return render_template(
        "home/show_audit.html", search=form, typed={name: value for name, value in typed.items() if value}, page=page, size=size,
        proven=proven, broken=next(audit.broken_seals(), "") if proven else "",
    )  # fmt: skip


TASKS = [
    StaffTask(_l("System health"), "home.show_health", is_administrator),
    StaffTask(_l("Audit log"), "home.show_audit", is_administrator),
]
