"""Gift Aid: declared by the backer, taken by the charity for its claim, forgotten when the law lets us."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, delete, or_, select, update

from civic.accounts.models import Organisation
from civic.core import audit
from civic.core.db import db
from civic.core.errors import CivicError
from civic.core.sealing import seal
from civic.crowdfund.models import Campaign, GiftAidDeclaration, Pledge
from civic.crowdfund.queries import gift_aid as queries
from civic.crowdfund.rules import gift_aid as rules
from civic.crowdfund.rules.gift_aid import Donor
from civic.crowdfund.rules.promise import Sentence

COLUMNS = ("Title", "First name", "Last name", "House name or number", "Postcode", "Donation date", "Amount")
DEAD = ("abandoned", "refused", "cancelled", "released", "dropped", "refunded")


class NoGiftAid(CivicError):
    """Only what a charity gets can have Gift Aid."""

    sentence, status = _l("This campaign does not claim Gift Aid."), 409


def statement(charity: str) -> Sentence:
    """What a donor declares: to whom, for what, that Gift Aid should apply, and who pays a difference in tax."""
    return Sentence(
        _l("I want %(charity)s to claim Gift Aid on this pledge when it is taken from my card."),
        _l("It is my own money, not a company’s or somebody else’s, and I get nothing in return for it."),
        _l(
            "I pay Income Tax or Capital Gains Tax in the United Kingdom. I understand that if in any tax year I pay less of both "
            "than all charities claim on my gifts, I must pay the difference."
        ),
        charity=charity,
    )


def redeclare(pledge: Pledge, campaign: Campaign, donor: Donor | None, *, now: datetime) -> None:
    """Make the pledge's declaration what the backer says now; without a donor there is none."""
    declaration = queries.declaration_of(pledge)
    if donor is None:
        if declaration is not None and declaration.exported_at is None:
            db.session.delete(declaration)
            db.session.flush()
        return
    if not campaign.gift_aid:
        raise NoGiftAid()
    charity = db.session.get(Organisation, campaign.organisation_id)
    assert charity is not None
    if declaration is None:
        declaration = GiftAidDeclaration(pledge_id=pledge.id)
        db.session.add(declaration)
    for name in rules.LONGEST:
        setattr(declaration, f"{name}_sealed", seal(getattr(donor, name)))
    declaration.charity, declaration.wording = charity.name, str(statement(charity.name))
    declaration.wording_version = rules.WORDING_VERSION
    declaration.declared_at, declaration.cancelled_at = now, None
    db.session.flush()


def withdraw(declaration: GiftAidDeclaration, *, now: datetime) -> None:
    """The donor takes the declaration back; what the charity never took is forgotten at once."""
    if declaration.exported_at is None:
        db.session.delete(declaration)
    else:
        declaration.cancelled_at = now
    db.session.flush()


def forget_of(pledge: Pledge) -> None:
    """Forget the declaration of a promise of which no money comes, unless a claim was made with it."""
    mine = delete(GiftAidDeclaration).where(GiftAidDeclaration.pledge_id == pledge.id)
    db.session.execute(mine.where(GiftAidDeclaration.exported_at.is_(None)))


def export(campaign: Campaign, *, again: bool, by: Any, now: datetime) -> list[tuple[Any, ...]]:
    """The lines of HMRC's schedule, and the note that the charity has taken them; on record with who and how many."""
    if not campaign.gift_aid:
        raise NoGiftAid()
    claims = list(queries.claims_of(campaign, again=again))
    _note_taken([claim.declaration_id for claim in claims], now)
    audit.record("export_gift_aid", on=campaign, by=by, now=now, after={"lines": len(claims), "again": again})
    return [COLUMNS, *(schedule_line(claim) for claim in claims)]


def schedule_line(claim: queries.Claim) -> tuple[Any, ...]:
    """One line as the schedule wants it: lengths, dates (31/12/26) and pounds with two places."""
    donor = claim.donor
    return (
        donor.title[:4],
        donor.first_name[:35],
        donor.last_name[:35],
        donor.address[:40],
        donor.postcode,
        f"{claim.given_on:%d/%m/%y}",
        f"{claim.amount.minor // 100}.{claim.amount.minor % 100:02d}",
    )


def _note_taken(ids: Iterable[int], now: datetime) -> None:
    taken = update(GiftAidDeclaration).where(GiftAidDeclaration.id.in_(list(ids)))
    db.session.execute(taken.where(GiftAidDeclaration.exported_at.is_(None)).values(exported_at=now))


def forget(now: datetime) -> int:
    """Erase names and addresses that may never be claimed with, or were claimed with six years ago; tells how many."""
    six_years_ago = now - rules.KEPT_FOR
    never = Pledge.status.in_(DEAD) | GiftAidDeclaration.cancelled_at.is_not(None)
    due = or_(
        GiftAidDeclaration.exported_at <= six_years_ago,
        and_(GiftAidDeclaration.exported_at.is_(None), or_(never, GiftAidDeclaration.declared_at <= six_years_ago)),
    )
    ids = select(GiftAidDeclaration.id).join(Pledge, Pledge.id == GiftAidDeclaration.pledge_id).where(due)
    gone = delete(GiftAidDeclaration).where(GiftAidDeclaration.id.in_(ids)).returning(GiftAidDeclaration.id)
    return len(db.session.scalars(gone).all())
