"""The life of a consultation, for staff: the check list and the announcement, more time, an early end, a late answer's reason."""

from collections.abc import Callable
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.authoring.views import typed_reason
from civic.consultations import access, wording
from civic.consultations.actions import life
from civic.consultations.forms import ClosureForm, DelayForm, ExtensionForm, WithdrawalForm
from civic.consultations.manage import bp
from civic.consultations.manage.desk import back_to
from civic.consultations.manage.pages import form_page, kept
from civic.consultations.models import Consultation
from civic.consultations.queries import consultations as queries
from civic.consultations.rules import gunning
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import CivicError, NotFound
from civic.core.forms import Form
from civic.core.pages import see_other
from civic.core.person import me

MENDED_AT = {
    "no_can_change": "change", "no_background": "question", "no_equality": "equality", "no_decision_maker": "people",
    "no_officer": "people", "no_opening_date": "dates", "no_closing_date": "dates", "closes_in_the_past": "dates",
    "closes_before_opening": "dates", "short_run": "dates", "august": "dates", "christmas": "dates", "pre_election": "dates",
    "decided_before_closing": "people", "hurried_decision": "people", "activity_shorter": "dates",
    "activity_longer": "dates",
}  # fmt: skip
"""The step on which a point of the check list is mended."""


def where(consultation: Consultation, code: str) -> str:
    """The page on which a point of the check list is mended."""
    if code in MENDED_AT:
        return url_for("manage_consultations.edit_step", slug=consultation.slug, part=MENDED_AT[code])
    endpoint = "list_documents" if code in ("no_documents", "one_language") else "list_activities"
    return url_for(f"manage_consultations.{endpoint}", slug=consultation.slug)


@bp.get("/<slug>/checklist")
@allowed(access.may_run, on=queries.by_slug)
def show_checklist(consultation: Consultation) -> str:
    """What the rules of fairness say before the announcement."""
    if consultation.status != "draft":
        raise NotFound()
    return _checklist(consultation)


def _checklist(consultation: Consultation, refused: CivicError | None = None) -> str:
    points = life.check_list(consultation, clock.now())
    told = [(point, wording.sentence_of(point.code), where(consultation, point.code)) for point in points]
    return render_template(
        "consultations/manage/show_checklist.html",
        c=consultation,
        blocks=[each for each in told if each[0].blocks],
        warnings=[each for each in told if not each[0].blocks],
        sources=wording.SOURCES,
        refused=refused,
        has_errors=refused is not None,
        typed=request.form,
    )


@bp.post("/<slug>/announcement")
@allowed(access.may_run, on=queries.by_slug)
def announce(consultation: Consultation) -> ResponseReturnValue:
    """Let everybody know; from then on what was said stands."""
    points = gunning.warnings(life.check_list(consultation, clock.now()))
    reasons = {code: request.form.get(f"why-{code}", "")[:2000].replace("\x00", "") for code in points}
    typed = request.form.get("edition", "")
    edition = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else 0
    try:
        with transaction():
            told = {"by": me(), "now": clock.now(), "edition": edition, "advice_why": typed_reason()}
            life.announce(consultation, reasons, **told)
    except CivicError as refused:
        fresh = queries.by_slug(consultation.slug) or consultation
        if fresh.status != "draft":
            raise
        return _checklist(fresh, refused), 422
    flash(_("The consultation is announced."), "success")
    return see_other("manage_consultations.show_consultation", slug=consultation.slug)


@bp.post("/<slug>/draft")
@allowed(access.may_run, on=queries.by_slug)
def take_back(consultation: Consultation) -> ResponseReturnValue:
    """Make a draft of it again before it opens."""
    with transaction():
        life.take_back(consultation, by=me(), now=clock.now())
    flash(_("It is a draft again, and nobody outside sees it."), "success")
    return see_other("manage_consultations.show_consultation", slug=consultation.slug)


def _ask(consultation: Consultation, form: Form, page: str) -> str:
    return form_page(consultation, form, back=back_to(consultation), **_pages(consultation)[page])


def _do(consultation: Consultation, form: Form, page: str, act: Callable[[], None], done: str) -> ResponseReturnValue:
    return kept(form, act, done, back_to(consultation)) or (_ask(consultation, form, page), 422)


def _pages(consultation: Consultation) -> dict[str, dict[str, Any]]:
    """What each of these pages says."""
    slug = consultation.slug
    return {
        "extend": {
            "heading": _("Give more time"),
            "lede": _("People who planned to answer late are not harmed, and followers are told."),
            "action": url_for("manage_consultations.extend", slug=slug),
            "act": _("Give more time"),
        },
        "close": {
            "heading": _("Close it early"),
            "lede": _("Everybody was promised more time. Only a strong reason justifies this, and it is public."),
            "action": url_for("manage_consultations.close_early", slug=slug),
            "act": _("Close it now"),
            "kind": "warning",
            "warning": _("It cannot be opened again. The answer is promised within 12 weeks of today."),
        },
        "withdraw": {
            "heading": _("Withdraw the consultation"),
            "lede": _("It ends without an answer. Its page stays and gives the reason.")
            if consultation.is_public
            else _("Nobody outside has seen it, and nobody will. The reason is kept on record."),
            "action": url_for("manage_consultations.withdraw", slug=slug),
            "act": _("Withdraw it"),
            "kind": "warning",
            "warning": _("This cannot be undone."),
        },
        "delay": {
            "heading": _("Say why the answer is late"),
            "action": url_for("manage_consultations.explain_delay", slug=slug),
            "act": _("Publish the reason"),
        },
    }


@bp.get("/<slug>/extension")
@allowed(access.may_run, on=queries.by_slug)
def ask_extension(consultation: Consultation) -> str:
    """Until when, and why."""
    return _ask(consultation, ExtensionForm(data={"closes_at": consultation.closes_at}), "extend")


@bp.post("/<slug>/extension")
@allowed(access.may_run, on=queries.by_slug)
def extend(consultation: Consultation) -> ResponseReturnValue:
    """Give more time."""
    form = ExtensionForm()

    def act() -> None:
        assert form.closes_at.data is not None, "the form wants a date"
        life.extend(consultation, form.closes_at.data, why=form.why.data or "", by=me(), now=clock.now())

    return _do(consultation, form, "extend", act, _("More time is given, and the reason is public."))


@bp.get("/<slug>/closure")
@allowed(access.may_run, on=queries.by_slug)
def ask_closure(consultation: Consultation) -> str:
    """Why it closes early."""
    return _ask(consultation, ClosureForm(), "close")


@bp.post("/<slug>/closure")
@allowed(access.may_run, on=queries.by_slug)
def close_early(consultation: Consultation) -> ResponseReturnValue:
    """Close it before the announced date."""
    form = ClosureForm()

    def act() -> None:
        life.close_early(consultation, why=form.why.data or "", by=me(), now=clock.now())

    return _do(consultation, form, "close", act, _("It is closed, and the reason is public."))


@bp.get("/<slug>/withdrawal")
@allowed(access.may_run, on=queries.by_slug)
def ask_withdrawal(consultation: Consultation) -> str:
    """Why it is withdrawn."""
    return _ask(consultation, WithdrawalForm(), "withdraw")


@bp.post("/<slug>/withdrawal")
@allowed(access.may_run, on=queries.by_slug)
def withdraw(consultation: Consultation) -> ResponseReturnValue:
    """End it without an answer."""
    form = WithdrawalForm()

    def act() -> None:
        life.withdraw(consultation, why=form.why.data or "", by=me(), now=clock.now())

    return _do(consultation, form, "withdraw", act, _("It is withdrawn."))


@bp.get("/<slug>/delay")
@allowed(access.may_run, on=queries.by_slug)
def ask_delay(consultation: Consultation) -> str:
    """Why the answer is late."""
    return _ask(consultation, DelayForm(data={"why": consultation.overdue_reason}), "delay")


@bp.post("/<slug>/delay")
@allowed(access.may_run, on=queries.by_slug)
def explain_delay(consultation: Consultation) -> ResponseReturnValue:
    """Publish the reason."""
    form = DelayForm()

    def act() -> None:
        life.explain_delay(consultation, form.why.data or "", by=me(), now=clock.now())

    return _do(consultation, form, "delay", act, _("The reason is public."))
