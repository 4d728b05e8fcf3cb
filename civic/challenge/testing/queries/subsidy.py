"""What was given to a startup within the period that the Subsidy Control Act 2022 counts: here, and elsewhere as declared."""

from datetime import date

from sqlalchemy import select

from civic.challenge.models import Challenge
from civic.challenge.testing.models import DeclaredAid, SubsidyNotice, TestGrant
from civic.challenge.testing.rules.subsidy import Aid, Check, check
from civic.core.db import db
from civic.core.money import Money
from civic.grants.models import Award


def notice_of(award_id: int) -> SubsidyNotice | None:
    """The notification for an award."""
    return db.session.scalars(select(SubsidyNotice).where(SubsidyNotice.award_id == award_id)).one_or_none()


def aids_of(notice_id: int) -> list[DeclaredAid]:
    """What the startup declared beside it, the oldest first."""
    mine = select(DeclaredAid).where(DeclaredAid.notice_id == notice_id)
    return list(db.session.scalars(mine.order_by(DeclaredAid.given_on, DeclaredAid.id)))


def given_here(startup_id: int, *, besides: int) -> list[tuple[Aid, str, str]]:
    """Earlier test grants of this house to a startup: (aid, challenge, its language); what was never paid and released is none.

    A test that was stopped counts with what was paid.
    """
    rows = db.session.execute(
        select(SubsidyNotice.given_on, Award.capital_minor + Award.revenue_minor, Challenge.title, Challenge.language)
        .join(Award, Award.id == SubsidyNotice.award_id)
        .join(TestGrant, TestGrant.id == SubsidyNotice.test_id)
        .join(Challenge, Challenge.id == TestGrant.challenge_id)
        .where(
            SubsidyNotice.startup_id == startup_id,
            SubsidyNotice.status == "given",
            SubsidyNotice.award_id != besides,
            Award.status != "released",
        )
        .order_by(SubsidyNotice.given_on, SubsidyNotice.id)
    )
    return [(Aid(day, Money(int(minor))), title, language) for day, minor, title, language in rows if day is not None]


def check_of(notice: SubsidyNotice, on: date, declared: list[Aid] | None = None) -> Check:
    """The sum as the law asks for it on a day: what was declared (or would be) and what was given here, each once."""
    elsewhere = [each.aid for each in aids_of(notice.id)] if declared is None else declared
    here = [aid for aid, _, _ in given_here(notice.startup_id, besides=notice.award_id)]
    return check([*elsewhere, *here], notice.gross, on)
