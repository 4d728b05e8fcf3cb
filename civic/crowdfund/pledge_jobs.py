"""What happens to pledges by itself: unfinished ones end, cards that end are told of, and what is no longer needed is forgotten."""

from datetime import datetime, timedelta

from civic.core import clock, mail
from civic.core.db import transaction
from civic.core.jobs import job
from civic.core.sealing import unseal
from civic.crowdfund.actions import erasure, gift_aid, pledges, telling
from civic.crowdfund.links import pledge_link
from civic.crowdfund.queries import pledges as queries

WARN_BEFORE, MARGIN = timedelta(days=10), timedelta(days=14)
"""Ten days before the close we tell of cards that end before a charge could be tried for the last time."""


@job("crowdfund.abandon_pledges")
def abandon_pledges() -> None:
    """End promises for which no card was saved within a day."""
    with transaction():
        pledges.abandon(clock.now())


@job("crowdfund.warn_of_ending_cards")
def warn_of_ending_cards() -> None:
    """Tell backers whose card ends before it may be needed."""
    with transaction():
        warn(clock.now())


def warn(now: datetime) -> int:
    """Tell each such backer once; gives how many."""
    ending = queries.cards_that_end(now, within=WARN_BEFORE, margin=MARGIN)
    for pledge, card in ending:
        pledge.card_warned_at = now
        telling.tell_one(pledge, "card_expires_soon", month=card.exp_month, year=card.exp_year)
    return len(ending)


@job("crowdfund.forget_backers")
def forget_backers() -> None:
    """Forget what neither a bank, nor a charity, nor the law may ask for any more."""
    with transaction():
        erasure.forget_evidence(clock.now())
        gift_aid.forget(clock.now())


@job("crowdfund.send_pledge_links", on="mail")
def send_pledge_links(sealed: str, language: str) -> None:
    """Send a guest the links of their pledges; an address without any gets nothing. The queue never shows the address."""
    now, email = clock.now(), unseal(sealed)
    with transaction():
        if found := queries.guest_pledges(email, now):
            mail.send(
                "crowdfund/pledge_links",
                to=email,
                language=language,
                now=now,
                pledges=[(each, pledge_link(each)) for each in found],
            )


JOBS = [abandon_pledges, forget_backers, send_pledge_links, warn_of_ending_cards]
PERIODIC = [(abandon_pledges, "25 * * * *"), (warn_of_ending_cards, "0 8 * * *"), (forget_backers, "35 3 * * *")]
MESSAGES = [
    "crowdfund/card_expires_soon",
    "crowdfund/pledge_cancelled",
    "crowdfund/pledge_changed",
    "crowdfund/pledge_links",
    "crowdfund/pledge_promised",
]
