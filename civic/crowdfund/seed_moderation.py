"""The demo's comments that moderators have to do with: reported ones, one in a wave, one that was sent again, one that was appealed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update

from civic.accounts.models import User
from civic.core.db import db
from civic.core.subjects import named
from civic.crowdfund.actions import talk
from civic.crowdfund.models import Campaign, CampaignComment
from civic.crowdfund.seed_content import current
from civic.moderation.actions import appealing, deciding, reporting
from civic.moderation.models import Case

RUDE = "Whoever came up with this must be the biggest idiot in Walworth, and everybody who backs it is no better."
ADDRESS = (
    "Ask Mrs K. at number 14, first floor, she has the keys and is always in after six. Her number is 07700 900123."
)
SHOP = "Cheap stall covers at www.example.com, ten pounds off for everybody who orders before Friday!"
POLISH = "Czy na targu będzie miejsce dla osób sprzedających domowe przetwory? Chętnie pomogę przy remoncie w sobotę."
ANGRY = "This is a waste. The council has promised new lights on this street three times and nothing ever came of it."
APPEAL = "I was angry about the council and not about anybody here. It is true, and the minutes of the meeting say so."


def plant(moderators: Sequence[User], people: Sequence[int], *, now: datetime) -> None:
    """Say, report, remove and appeal as people do."""
    campaign = db.session.scalars(select(Campaign).where(Campaign.slug == current.EAST_STREET.slug)).one()
    authors = [db.session.get_one(User, number) for number in people[10:15]]
    readers = [db.session.get_one(User, number) for number in people[20:32]]
    hours = iter((70, 52, 40, 31, 26))
    rude, address, shop, polish, angry = (
        _say(campaign, text, author, language=language, at=now - timedelta(hours=next(hours)))
        for text, author, language in zip(
            (RUDE, ADDRESS, SHOP, POLISH, ANGRY), authors, ("en", "en", "en", "pl", "en"), strict=True
        )
    )
    _report(address, readers[:2], "personal_data", "That is my neighbour. She does not want visitors.", now)
    _report(rude, readers[3:4], "abuse", "", now)
    _wave(polish, readers[4:11], now)
    case = _report(shop, readers[2:3], "spam", "", now)
    _remove(case, "spam", "It advertises.", moderators[1], now - timedelta(hours=22))
    kinder = (
        "I sell stall covers on this street myself. Would you like three of them for nothing, for the first summer?"
    )
    talk.change_comment(shop, text=kinder, language="en", by=authors[2], now=now - timedelta(hours=10))
    case = _report(angry, readers[11:12], "libel", "The council did put up lights in 2023.", now)
    words = "It says of the council that it never keeps its word, and gives nothing to show it."
    _remove(case, "libel", words, moderators[0], now - timedelta(hours=20))
    appealing.appeal(case, words=APPEAL, language="en", by=authors[4], now=now - timedelta(hours=6))


def _say(campaign: Campaign, text: str, author: User, *, language: str, at: datetime) -> CampaignComment:
    return talk.comment(campaign, text=text, language=language, by=author, is_organiser=False, now=at)


def _remove(case: Case, rule: str, words: str, by: User, at: datetime) -> None:
    deciding.decide(case, "remove", version=case.version, rule=rule, words=words, language="en", by=by, now=at)


def _report(said: CampaignComment, by: Sequence[User], rule: str, words: str, now: datetime) -> Case:
    for number, reader in enumerate(by):
        at = max(said.at, now - timedelta(hours=25)) + timedelta(minutes=20 + 9 * number)
        found = reporting.report(named(talk.COMMENT, said.id), rule=rule, words=words, language="en", by=reader, now=at)
    return db.session.get_one(Case, found.case_id)


def _wave(said: CampaignComment, readers: Sequence[User], now: datetime) -> None:
    """Seven people whose accounts were made on one day report a harmless question within an hour."""
    made_at = now - timedelta(days=4)
    db.session.execute(update(User).where(User.id.in_([each.id for each in readers])).values(created_at=made_at))
    for each in readers:
        db.session.refresh(each)
    _report(said, readers, "off_topic", "", now)
