"""What a partner's people read before they rank: the applications on their challenge's shortlist."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from civic.accounts.access import is_signed_in
from civic.challenge.applying.access import may_read_as_partner
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.queries.applications import application_by_id
from civic.challenge.matching import access
from civic.challenge.matching.views import bp
from civic.challenge.matching.views.doors import PartnerSeat, partner_seat
from civic.core.doors import allowed
from civic.core.subjects import drawn


@dataclass(frozen=True)
class Entry:
    """An application, and where its reader sits."""

    seat: PartnerSeat
    application: ChallengeApplication


def entry_in(shortlist: str, slug: str, entry_id: int) -> Entry | None:
    """An application to a challenge of a programme's call."""
    seat = partner_seat(shortlist, slug)
    application = application_by_id(entry_id) if seat else None
    if seat is None or application is None or application.challenge_id != seat.challenge.id:
        return None
    return Entry(seat, application)


def may_read_entry(entry: Entry) -> bool:
    """The partner's people, once it is on the shortlist, but nobody who acts for a startup that applied."""
    return may_read_as_partner(entry.application) and not access.has_conflict(entry.seat.call)


@bp.get("/challenges/programmes/<shortlist>/lists/challenges/<slug>/applications/<int:entry_id>")
@allowed(is_signed_in)
@allowed(may_read_entry, on=entry_in, hide=True)
def read_application(entry: Entry) -> str:
    """An application on the shortlist, whole."""
    return render_template(
        "challenge/matching/read_application.html",
        seat=entry.seat,
        application=entry.application,
        startup=entry.application.startup.organisation,
        drawn=drawn(entry.application.name),
    )
