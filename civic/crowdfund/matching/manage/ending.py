"""The end of a scheme: one that runs is ended with a reason, one that never ran is thrown away."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.money import Money
from civic.core.pages import see_other
from civic.core.person import me
from civic.crowdfund.matching import access
from civic.crowdfund.matching.actions import drafts
from civic.crowdfund.matching.actions import schemes as actions
from civic.crowdfund.matching.forms.schemes import WhyForm
from civic.crowdfund.matching.manage import desk
from civic.crowdfund.matching.manage.doors import for_scheme
from civic.crowdfund.matching.models import MatchScheme
from civic.crowdfund.matching.queries.standings import figures_of, standings


@desk.get("/<slug>/end")
@for_scheme(access.may_end)
def confirm_end(scheme: MatchScheme) -> ResponseReturnValue:
    """What ending it means, and why."""
    return _page(scheme, WhyForm(formdata=None))


@desk.post("/<slug>/end")
@for_scheme(access.may_end)
def end_scheme(scheme: MatchScheme) -> ResponseReturnValue:
    """Match no more gifts."""
    form = WhyForm()
    if not form.validate():
        return _page(scheme, form), 422
    with transaction():
        actions.end(scheme, why=form.why.data or "", by=me(), now=clock.now())
    flash(_("It has ended. What was promised stays promised."), "success")
    return see_other("match_desk.show_scheme", slug=scheme.slug)


@desk.get("/<slug>/discard")
@for_scheme(access.may_discard)
def confirm_discard(scheme: MatchScheme) -> ResponseReturnValue:
    """Whether it is really to be thrown away."""
    return render_template("crowdfund/matching/desk/confirm_discard.html", scheme=scheme)


@desk.post("/<slug>/discard")
@for_scheme(access.may_discard)
def discard_scheme(scheme: MatchScheme) -> ResponseReturnValue:
    """Throw it away."""
    with transaction():
        drafts.discard(scheme, by=me(), now=clock.now())
    flash(_("It is thrown away."), "success")
    return see_other("match_desk.list_schemes")


def _page(scheme: MatchScheme, form: WhyForm) -> str:
    found = standings(scheme.id)
    sums = [figures_of(each.id, found) for each in scheme.funders]
    return render_template(
        "crowdfund/matching/desk/confirm_end.html",
        scheme=scheme,
        form=form,
        promised=sum((each.promised for each in sums), Money(0)),
        owed=sum((each.owed for each in sums), Money(0)),
        left=sum((each.left for each in scheme.funders), Money(0)),
    )
