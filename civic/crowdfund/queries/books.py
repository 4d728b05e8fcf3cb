"""The public ledger of one campaign: every posting of its account, without names and without the provider's numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from civic.core.clock import in_london
from civic.core.db import db, stream
from civic.core.money import Money
from civic.core.pages import Page, page_of
from civic.crowdfund.models import Campaign
from civic.crowdfund.rules.references import of_campaign
from civic.ledger.models import LedgerEntry, LedgerTransaction


class Posting(NamedTuple):
    """One movement as the campaign sees it: what comes in is plus."""

    kind: str
    on: date
    amount: Money


@dataclass(frozen=True)
class Books:
    """What the movements of a campaign come to."""

    by_kind: dict[str, Money]

    def of(self, *kinds: str) -> Money:
        """What these kinds of movement come to together."""
        return sum((self.by_kind.get(kind, Money(0)) for kind in kinds), Money(0))

    @property
    def taken(self) -> Money:
        """What was taken from cards."""
        return self.of("charge")

    @property
    def given_back(self) -> Money:
        """What went back to cards, as less than nothing."""
        return self.of("refund", "refund_failed", "dispute_lost")

    @property
    def held(self) -> Money:
        """What is left and waits to be paid out."""
        return sum(self.by_kind.values(), Money(0))


def books(campaign: Campaign) -> Books:
    """The sums of a campaign's movements by kind, in one statement."""
    sums = _entries(campaign, LedgerTransaction.kind, func.sum(-LedgerEntry.minor)).group_by(LedgerTransaction.kind)
    return Books({kind: Money(int(minor)) for kind, minor in db.session.execute(sums)})


def postings(campaign: Campaign, *, at: str | None = None, size: int = 50) -> Page:
    """The movements of a campaign, the newest first."""
    page = page_of(_rows(campaign), [LedgerEntry.id.desc()], at=at, size=size)
    return Page([_posting(row) for row in page.items], page.next, page.previous)


def all_postings(campaign: Campaign) -> Iterator[Posting]:
    """Every movement, oldest first, a stretch at a time."""
    for row in stream(_rows(campaign).order_by(LedgerEntry.id)):
        yield _posting(row)


def _rows(campaign: Campaign) -> Select[Any]:
    return _entries(campaign, LedgerTransaction.kind, LedgerTransaction.at, LedgerEntry.minor)


def _entries(campaign: Campaign, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(LedgerEntry)
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(LedgerEntry.account == of_campaign(campaign.id))
    )


def _posting(row: Any) -> Posting:
    return Posting(row.kind, in_london(row.at).date(), Money(-row.minor))
