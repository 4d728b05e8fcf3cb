"""Ranking: a startup ranks the challenges that shortlisted it, a partner's people the startups on their challenge's shortlist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.access import is_signed_in
from civic.accounts.views.limits import person
from civic.challenge.applying.models import Call
from civic.challenge.applying.queries.seats import startups_of
from civic.challenge.matching import access
from civic.challenge.matching.actions import ranking as actions
from civic.challenge.matching.forms.ranking import RankingForm, ranking_form
from civic.challenge.matching.models import Ranking
from civic.challenge.matching.queries import lists, mine
from civic.challenge.matching.refusals import ConflictOfInterest, RankingClosed
from civic.challenge.matching.views import bp
from civic.challenge.matching.views.doors import (
    PartnerSeat,
    StartupSeat,
    is_of_partner,
    is_of_startup,
    partner_seat,
    startup_seat,
)
from civic.challenge.queries.seats import partners_of
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit

LISTS = "/challenges/programmes/<shortlist>/lists"


@bp.get("/challenges/lists")
@allowed(is_signed_in)
def list_mine() -> str:
    """Every list that the person here may write, and every result that they may read."""
    reader = me()
    return render_template(
        "challenge/matching/list_mine.html",
        startups=mine.of_startups([each.id for each in startups_of(reader.id)]),
        challenges=mine.of_partners([each.id for each in partners_of(reader.id)]),
        now=clock.now(),
    )


@bp.get(f"{LISTS}/startups/<int:startup_id>")
@allowed(is_signed_in)
@allowed(is_of_startup, on=startup_seat, hide=True)
def rank_challenges(seat: StartupSeat) -> str:
    """A startup's list of challenges."""
    return _startup_page(seat, *_begun(lists.offers_to_startup(seat.call, seat.startup.id), _of_startup(seat)))


@bp.post(f"{LISTS}/startups/<int:startup_id>")
@allowed(is_signed_in)
@allowed(is_of_startup, on=startup_seat, hide=True)
@limit("120/hour", key=person)
def save_challenges(seat: StartupSeat) -> ResponseReturnValue:
    """Keep a startup's list, or send it."""
    form = ranking_form(lists.offers_to_startup(seat.call, seat.startup.id))()
    if _kept(
        seat.call, form, lambda **more: actions.save_for_startup(seat.call, seat.startup.id, form.choices, **more)
    ):
        return see_other("challenge_matching.rank_challenges", **_startup_place(seat))
    return _startup_page(seat, form, _of_startup(seat)), 422


@bp.post(f"{LISTS}/startups/<int:startup_id>/return")
@allowed(is_signed_in)
@allowed(is_of_startup, on=startup_seat, hide=True)
@limit("120/hour", key=person)
def take_back_challenges(seat: StartupSeat) -> ResponseReturnValue:
    """Make a draft of a startup's list again."""
    _take_back(seat, _of_startup(seat))
    return see_other("challenge_matching.rank_challenges", **_startup_place(seat))


@bp.get(f"{LISTS}/challenges/<slug>")
@allowed(is_signed_in)
@allowed(is_of_partner, on=partner_seat, hide=True)
def rank_startups(seat: PartnerSeat) -> str:
    """A partner's list of startups; whoever acts for one of them sees none."""
    if access.has_conflict(seat.call):
        return _partner_page(seat, None, None)
    return _partner_page(seat, *_begun(lists.offers_to_challenge(seat.call, seat.challenge.id), _of_partner(seat)))


@bp.post(f"{LISTS}/challenges/<slug>")
@allowed(is_signed_in)
@allowed(is_of_partner, on=partner_seat, hide=True)
@limit("120/hour", key=person)
def save_startups(seat: PartnerSeat) -> ResponseReturnValue:
    """Keep a partner's list, or send it."""
    if access.has_conflict(seat.call):
        raise ConflictOfInterest()
    form = ranking_form(lists.offers_to_challenge(seat.call, seat.challenge.id))()
    if _kept(
        seat.call, form, lambda **more: actions.save_for_partner(seat.call, seat.challenge.id, form.choices, **more)
    ):
        return see_other("challenge_matching.rank_startups", **_partner_place(seat))
    return _partner_page(seat, form, _of_partner(seat)), 422


@bp.post(f"{LISTS}/challenges/<slug>/return")
@allowed(is_signed_in)
@allowed(is_of_partner, on=partner_seat, hide=True)
@limit("120/hour", key=person)
def take_back_startups(seat: PartnerSeat) -> ResponseReturnValue:
    """Make a draft of a partner's list again."""
    if access.has_conflict(seat.call):
        raise ConflictOfInterest()
    _take_back(seat, _of_partner(seat))
    return see_other("challenge_matching.rank_startups", **_partner_place(seat))


def _begun(offers: list[lists.Offer], ranking: Ranking | None) -> tuple[RankingForm, Ranking | None]:
    form = ranking_form(offers)(formdata=None, data={"seen": str(ranking.version if ranking else 0)})
    chosen = lists.choices_of(ranking)
    form.fill(chosen)
    form.nobody.data = ranking is not None and ranking.status == "sent" and not chosen
    return form, ranking


def _kept(call: Call, form: RankingForm, save: Callable[..., Any]) -> bool:
    """Save what was typed; the button says whether it is a draft."""
    if not actions.takes_lists(call, clock.now()):
        raise RankingClosed()  # there is no form any more in which it could be said
    sending = request.form.get("act") == "send"
    if not form.validate() or not form.is_in_order(sending=sending):
        return False
    with saving(form) as saved:
        save(send=sending, by=me(), now=clock.now(), seen=form.seen_version)
    if saved.ok:
        if sending:
            flash(_("Your list is sent. You can change it until lists close."), "success")
        else:
            flash(_("Your draft is saved. It does not count until you send it."), "info")
    return saved.ok


def _take_back(seat: StartupSeat | PartnerSeat, ranking: Ranking | None) -> None:
    if ranking is None:
        raise NotFound()
    with transaction():
        actions.take_back(seat.call, ranking, by=me(), now=clock.now())
    flash(_("Your list is a draft again. It does not count until you send it."), "info")


def _of_startup(seat: StartupSeat) -> Ranking | None:
    return lists.ranking_of(seat.call, startup_id=seat.startup.id)


def _of_partner(seat: PartnerSeat) -> Ranking | None:
    return lists.ranking_of(seat.call, challenge_id=seat.challenge.id)


def _startup_place(seat: StartupSeat) -> dict[str, Any]:
    return {"shortlist": seat.programme.slug, "startup_id": seat.startup.id}


def _partner_place(seat: PartnerSeat) -> dict[str, Any]:
    return {"shortlist": seat.programme.slug, "slug": seat.challenge.slug}


def _startup_page(seat: StartupSeat, form: RankingForm, ranking: Ranking | None) -> str:
    return render_template(
        "challenge/matching/rank_challenges.html", seat=seat, form=form, ranking=ranking, place=_startup_place(seat),
        is_open=actions.takes_lists(seat.call, clock.now()),
    )  # fmt: skip


def _partner_page(seat: PartnerSeat, form: RankingForm | None, ranking: Ranking | None) -> str:
    places = lists.places_of([seat.challenge.id]).get(seat.challenge.id)
    return render_template(
        "challenge/matching/rank_startups.html", seat=seat, form=form, ranking=ranking, place=_partner_place(seat),
        is_open=actions.takes_lists(seat.call, clock.now()), places=places,
    )  # fmt: skip
