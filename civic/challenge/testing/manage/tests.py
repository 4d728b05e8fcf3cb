"""Every test on the desk, what is due, and what managers do with one."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.assessment.queries import hidden_among
from civic.challenge.testing import access, wording
from civic.challenge.testing.actions import planning, spending
from civic.challenge.testing.forms.acts import BackForm
from civic.challenge.testing.manage import bp
from civic.challenge.testing.models import TestGrant
from civic.challenge.testing.queries import due
from civic.challenge.testing.queries import spending as spending_queries
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.queries.file import whole_test
from civic.challenge.testing.queries.subsidy import check_of
from civic.challenge.testing.refusals import NothingUnspent
from civic.challenge.testing.views.tests import shown
from civic.core import clock
from civic.core.clock import london_today
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.grants.forms.parts import of_page
from civic.grants.queries import agreements


@bp.get("/tests")
@allowed(access.may_see_desk)
def list_tests() -> ResponseReturnValue:
    """What is due for the managers, and every test, the newest first."""
    page = page_of(queries.whole(), [TestGrant.id.desc()], at=request.args.get("at"), scalars=True)
    return render_template(
        "challenge/testing/manage/list_tests.html",
        page=page,
        due=due.due_for_manager(clock.now(), me().id) if access.may_run() else [],
        hidden=hidden_among({each.subject for each in page.items}, me().id),
        steps=queries.by_test([each.id for each in page.items]),
        words=wording,
    )


@bp.get("/tests/<int:test_id>")
@allowed(access.may_see_desk)
@allowed(access.may_read_as_staff, on=queries.test_by_id)
def show_test(test: TestGrant) -> ResponseReturnValue:
    """One test: plans, subsidy, payments, spending, changes."""
    return _page(test, BackForm(formdata=None))


@bp.post("/tests/<int:test_id>/agreement")
@allowed(access.may_run)
@allowed(access.is_manager, on=queries.test_by_id)
def write_agreement(test: TestGrant) -> ResponseReturnValue:
    """Put the plan, or an agreed change of it, into a version of the agreement, to be read, bettered and offered."""
    act = request.form.get("act", "")
    write = {"write": planning.write_agreement, "amend": planning.write_amendment}.get(act)
    if write is None:
        raise NotFound()
    with transaction():
        agreement = write(test, language=of_page(), by=me(), now=clock.now())
    flash(_("The agreement is drafted from the plan. Read it, then offer it to the startup."), "success")
    return see_other("grant_desk.show_agreement", public_id=test.award.public_id, version=agreement.version)


@bp.post("/tests/<int:test_id>/repayment")
@allowed(access.may_run)
@allowed(access.is_manager, on=queries.test_by_id)
def ask_back(test: TestGrant) -> ResponseReturnValue:
    """Ask back what was paid and is not spent; an approver decides about it."""
    if not spending_queries.may_ask_back(test) or not spending_queries.unspent(test):
        raise NothingUnspent()
    form = BackForm()
    if form.validate():
        said = {"kind": form.kind.data, "why": form.why.data or "", "language": of_page()}
        with saving(form) as saved:
            spending.ask_back(test, **said, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Asked. An approver decides about it next."), "success")
            return see_other("manage_testing.show_test", test_id=test.id)
    return _page(queries.fresh(test.id), form), 422


def _page(test: TestGrant, form: BackForm) -> str:
    whole, runs = whole_test(test), access.is_manager(test)
    version = agreements.open_of(test.award_id)
    left = spending_queries.unspent(test) if spending_queries.may_ask_back(test) else None
    return render_template(
        "challenge/testing/manage/show_test.html",
        **shown(whole, ["manager"] if runs else []),
        form=form,
        check=check_of(whole.notice, whole.notice.given_on or london_today(clock.now())),
        may_write=runs and test.status == "planned" and test.award.status == "due" and version is None,
        is_ready=whole.steps_add_up and whole.lines_add_up,
        version=version,
        left=left if runs else None,
    )
