"""The subsidy declaration: the notification, what was given before, the sum, and the confirmations of both sides."""

from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge.testing import access, wording
from civic.challenge.testing.actions import subsidy as actions
from civic.challenge.testing.actions.subsidy import Confirming
from civic.challenge.testing.forms.plans import DeclarationForm
from civic.challenge.testing.models import TestGrant
from civic.challenge.testing.queries import subsidy as queries
from civic.challenge.testing.rules.subsidy import CEILING, KEPT_YEARS, keep_until
from civic.challenge.testing.views import bp
from civic.challenge.testing.views.doors import for_test
from civic.core import clock
from civic.core.clock import london_today
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me


@bp.get("/<int:test_id>/declaration")
@for_test(access.may_see_subsidy)
def show_declaration(test: TestGrant) -> ResponseReturnValue:
    """The statements of both sides, and the form while something can be declared."""
    notice = queries.notice_of(test.award_id)
    known: dict[str, Any] = {}
    rows = queries.aids_of(notice.id) if notice else []
    for number, each in enumerate(rows, 1):
        known |= {
            f"giver_{number}": each.giver,
            f"given_on_{number}": each.given_on,
            f"amount_{number}": each.aid.amount,
        }
    return _page(test, DeclarationForm.empty(max(1, len(rows)), known))


@bp.post("/<int:test_id>/declaration")
@for_test(access.may_declare)
def declare_aids(test: TestGrant) -> ResponseReturnValue:
    """Confirm in writing; a row more or less is only shown and not kept yet."""
    form, act = DeclarationForm.sent()
    if act != "save":
        return _page(test, form)
    if form.validate():
        who = Confirming(me(), form.name.data or "", form.position.data or "")
        with saving(form) as saved:
            found = actions.declare(test, form.aids(), who, now=clock.now())
        if saved.ok:
            if found.fits:
                flash(_("Thank you. Your confirmation is on record."), "success")
            else:
                flash(
                    _("This is on record. It comes to more than the ceiling, so the grant cannot be given."), "warning"
                )
            return see_other("testing.show_declaration", test_id=test.id)
    return _page(test, form), 422


def _page(test: TestGrant, form: DeclarationForm) -> str:
    notice = queries.notice_of(test.award_id)
    assert notice is not None
    today = notice.given_on or london_today(clock.now())
    return render_template(
        "challenge/testing/show_declaration.html",
        test=test,
        notice=notice,
        form=form,
        check=queries.check_of(notice, today),
        aids=queries.aids_of(notice.id),
        here=queries.given_here(test.startup_id, besides=test.award_id),
        ceiling=CEILING,
        years=KEPT_YEARS,
        keep_until=keep_until(notice.given_on) if notice.given_on else None,
        may_declare=access.may_declare(test),
        is_startup=access.is_startup(test),
        words=wording,
    )
