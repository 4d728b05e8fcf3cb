"""Going on with a wish: by the link of a mail or the code of a letter, to the ordinary form of a pledge."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.errors import Gone, NotFound
from civic.core.money import GBP
from civic.core.pages import see_other
from civic.core.person import maybe_me
from civic.core.security import limit
from civic.core.web import room
from civic.crowdfund.actions.pledges import Wish
from civic.crowdfund.intents import actions, queries
from civic.crowdfund.intents.forms import CodeForm
from civic.crowdfund.intents.models import PledgeIntent
from civic.crowdfund.models import Campaign
from civic.crowdfund.views import backing

bp = room("intents", __name__)


class IntentOver(Gone):
    """The wish was withdrawn, is too old, or its campaign takes no pledges any more."""

    sentence = _l(
        "This code no longer works: the campaign has closed, or the code is too old. Nothing was promised or paid."
    )


@bp.get("/pledge-codes")
@allowed(anyone)
def enter_code() -> str:
    """Where the code of a letter is typed."""
    return render_template("crowdfund/intents/enter_code.html", form=CodeForm(formdata=None), canonical=False)


@bp.post("/pledge-codes")
@allowed(anyone)
@limit("20/hour")
def find_intent() -> ResponseReturnValue:
    """To the wish behind a code."""
    form = CodeForm()
    if form.validate():
        if queries.intent_by_code(form.code.data or ""):
            return see_other("intents.show_intent", code=queries.plain(form.code.data or ""))
        form.code.errors = [*form.code.errors, _l("We could not find this code. Check it and type it again.")]
    return render_template("crowdfund/intents/enter_code.html", form=form, canonical=False), 422


@bp.get("/pledge-codes/<code>")
@allowed(anyone)
def show_intent(code: str) -> str:
    """What was told us, and that nothing is promised before a card is given."""
    intent, campaign = _standing(code)
    return render_template(
        "crowdfund/intents/show_intent.html", intent=intent, campaign=campaign, code=code, canonical=False
    )


@bp.post("/pledge-codes/<code>/continuation")
@allowed(anyone)
@limit("60/hour")
def go_on(code: str) -> ResponseReturnValue:
    """On to the form of a pledge, with the amount that was told us; everything in it can be changed."""
    intent, campaign = _standing(code)
    with transaction():
        actions.go_on(intent.id, by=maybe_me(), now=clock.now())
    backing.keep_wish(campaign.slug, Wish(intent.amount, GBP(0), True, "", ""), intent.email)
    return see_other("crowdfund.create_pledge", slug=campaign.slug)


def _standing(code: str) -> tuple[PledgeIntent, Campaign]:
    found: Any = queries.intent_by_code(code)
    if found is None:
        raise NotFound()
    intent, campaign = found
    if not intent.is_standing or not campaign.is_open(clock.now()):
        raise IntentOver()
    return intent, campaign
