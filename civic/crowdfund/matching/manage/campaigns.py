"""Campaigns in a scheme: found, let in, and taken out until something was promised to them."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.errors import NotFound, saving
from civic.core.forms import clean
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import IllegalMove
from civic.crowdfund.matching import access
from civic.crowdfund.matching.actions import schemes as actions
from civic.crowdfund.matching.forms.schemes import SearchForm, WhyForm
from civic.crowdfund.matching.manage import desk
from civic.crowdfund.matching.manage.doors import again, for_scheme, must_be
from civic.crowdfund.matching.models import MatchPlace, MatchScheme
from civic.crowdfund.matching.queries import joining as queries
from civic.crowdfund.matching.queries.schemes import places_of
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries.campaigns import campaign_by_slug


@desk.get("/<slug>/campaigns")
@for_scheme(access.may_run)
def list_campaigns(scheme: MatchScheme) -> ResponseReturnValue:
    """Those that are in it, and those that could join."""
    must_be(scheme, "draft", "running")
    words = clean(request.args.get("words", ""))[:100]
    return render_template(
        "crowdfund/matching/desk/list_campaigns.html",
        scheme=scheme,
        places=places_of(scheme.id),
        found=queries.could_join(scheme.id, words, clock.now(), person_id=me().id),
        most=queries.MOST,
        search=SearchForm(formdata=None, data={"words": words}),
        words=words,
        now=clock.now(),
    )


@desk.post("/<slug>/campaigns")
@for_scheme(access.may_enrol)
def add_campaign(scheme: MatchScheme) -> ResponseReturnValue:
    """Let a campaign join."""
    campaign = campaign_by_slug(request.form.get("campaign", ""))
    if campaign is None:
        raise NotFound()
    form = SearchForm(formdata=None)
    with saving(form) as saved:
        actions.enrol(scheme, campaign, by=me(), now=clock.now())
    if saved.ok:
        flash(_("It has joined: %(title)s.", title=campaign.title), "success")
    else:
        flash(str(form.form_errors[0]), "warning")
    return see_other("match_desk.list_campaigns", slug=scheme.slug)


@desk.get("/<slug>/campaigns/<campaign>/removal")
@for_scheme(access.may_enrol)
def confirm_removal(scheme: MatchScheme, campaign: str) -> ResponseReturnValue:
    """Why a campaign is to be taken out."""
    return _page(scheme, _place(scheme, campaign), WhyForm(formdata=None))


@desk.post("/<slug>/campaigns/<campaign>/removal")
@for_scheme(access.may_enrol)
def remove_campaign(scheme: MatchScheme, campaign: str) -> ResponseReturnValue:
    """Take a campaign out."""
    place, form = _place(scheme, campaign), WhyForm()
    if _is_matched(scheme, place):
        raise IllegalMove()
    if not form.validate():
        return _page(scheme, place, form), 422
    with transaction():
        actions.take_out(scheme, place.campaign, why=form.why.data or "", by=me(), now=clock.now())
    flash(_("It is taken out."), "success")
    return see_other("match_desk.list_campaigns", slug=scheme.slug)


def _place(scheme: MatchScheme, slug: str) -> MatchPlace:
    """The campaign's place, where it may still be taken out."""
    found = next((each for each in places_of(scheme.id) if each.campaign.slug == slug), None)
    if found is None or found.status != "open":
        raise NotFound()
    return found


def _is_matched(scheme: MatchScheme, place: MatchPlace) -> bool:
    """Whether its backers rely on the scheme already."""
    return scheme.status == "running" and place.matched_minor > 0


def _page(scheme: MatchScheme, place: MatchPlace, form: WhyForm) -> str:
    campaign: Campaign = place.campaign
    return render_template(
        "crowdfund/matching/desk/confirm_removal.html",
        scheme=again(scheme),
        campaign=campaign,
        is_matched=_is_matched(scheme, place),
        form=form,
    )
