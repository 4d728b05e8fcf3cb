"""What can be said around a campaign: news, comments, messages to backers; and who wants to hear of it."""

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.core import audit, mail
from civic.core.db import db, locked
from civic.core.errors import CivicError
from civic.core.jobs import enqueue
from civic.core.subjects import named
from civic.crowdfund.actions import totals
from civic.crowdfund.actions.news import tell_of_message, tell_of_update
from civic.crowdfund.models import (
    BackerMessage,
    Campaign,
    CampaignComment,
    CampaignFollow,
    CampaignUpdate,
    Pledge,
)
from civic.crowdfund.queries import talk as queries
from civic.moderation.actions import changed, published, screen

MESSAGES, MESSAGES_DAYS = 2, 7
COMMENT = "campaign_comment"
IN_SIGHT = ("shown", "folded")


class TooManyMessages(CivicError):
    """Backers are not written to every day."""

    sentence, status = _l("You have sent two messages within seven days. Wait a few days before the next."), 429


class NobodyToWriteTo(CivicError):
    """A message without a reader."""

    sentence, status = _l("Nobody backs this campaign yet, so there is nobody to write to."), 409


class CannotAnswer(CivicError):
    """The comment was taken out of sight meanwhile."""

    sentence, status = _l("This comment can no longer be answered."), 409


def post_update(campaign: Campaign, *, title: str, text: str, language: str, by: User, now: datetime) -> CampaignUpdate:
    """Publish news; those who back or follow the campaign are written to once this is kept."""
    news = CampaignUpdate(campaign_id=campaign.id, title=title, text=text, language=language, by_id=by.id, at=now)
    db.session.add(news)
    totals.add(campaign.id, updates=1)
    enqueue(tell_of_update, update_id=news.id)
    return news


def comment(
    campaign: Campaign,
    *,
    text: str,
    language: str,
    by: User,
    is_organiser: bool,
    now: datetime,
    answers: CampaignComment | None = None,
) -> CampaignComment:
    """Say something under a campaign; an answer to an answer joins the thread it stands in. Raises what screening raises."""
    if answers is not None and answers.shown not in IN_SIGHT:
        raise CannotAnswer()
    screening = screen(COMMENT, text, by=by, now=now, language=language, place=named("campaign", campaign.id))
    # The row of sums is held from here on, so that numbers are given out one after another.
    totals.hold(campaign.id)
    mine = CampaignComment.campaign_id == campaign.id
    last = db.session.scalar(select(func.max(CampaignComment.position)).where(mine)) or 0
    thread = None if answers is None else answers.answers_id or answers.id
    said = CampaignComment(
        campaign_id=campaign.id,
        position=last + 1,
        author_id=by.id,
        answers_id=thread,
        text=text,
        language=language,
        is_organiser=is_organiser,
        at=now,
        shown=screening.shown,
    )
    db.session.add(said)
    db.session.flush()
    if screening.shown in IN_SIGHT:
        totals.add(campaign.id, comments=1)
    published(named(COMMENT, said.id), screening, text=text, by=by, now=now)
    return said


def change_comment(said: CampaignComment, *, text: str, language: str, by: User, now: datetime) -> None:
    """Change one's comment that was removed, so that it comes before a moderator again. Raises what screening raises."""
    name, place = named(COMMENT, said.id), named("campaign", said.campaign_id)
    screening = screen(COMMENT, text, by=by, now=now, language=language, place=place, own=name)
    said.text, said.language = text, language
    db.session.flush()
    changed(name, screening, text=text, by=by, now=now)


def show_comment(number: int, how: str, broke: str) -> None:
    """Let a comment be shown as moderators decided; only what is in sight is counted."""
    said = locked(CampaignComment, number)
    if said is None:
        return
    change = (how in IN_SIGHT) - (said.shown in IN_SIGHT)
    said.shown, said.broke = how, broke
    totals.add(said.campaign_id, comments=change)
    db.session.flush()


def hide_backer(pledge: Pledge, *, campaign: Campaign, why: str, by: User, now: datetime) -> None:
    """Take a backer's name and words off the campaign's pages and tell them why; the pledge stands. Twice changes nothing."""
    if pledge.message_hidden_at is not None:
        return
    pledge.message_hidden_at = now
    _draw_again(campaign)
    audit.record("hide backer", on=("pledge", pledge.id), by=by, now=now, why=why)
    if pledge.email:
        mail.send(
            "crowdfund/backer_hidden",
            to=pledge.email,
            language=pledge.language,
            person_id=pledge.user_id,
            now=now,
            campaign=campaign,
            pledge=pledge,
            why=why,
        )


def show_backer_again(pledge: Pledge, *, campaign: Campaign, why: str, by: User, now: datetime) -> None:
    """Undo that; twice changes nothing."""
    if pledge.message_hidden_at is None:
        return
    pledge.message_hidden_at = None
    _draw_again(campaign)
    audit.record("show backer", on=("pledge", pledge.id), by=by, now=now, why=why)


def _draw_again(campaign: Campaign) -> None:
    """Pages that are drawn once and kept know a campaign by its version."""
    newer = update(Campaign).where(Campaign.id == campaign.id).values(version=Campaign.version + 1)
    db.session.execute(newer.execution_options(synchronize_session=False))


def follow(campaign: Campaign, *, by: User, now: datetime) -> None:
    """Hear of a campaign's news; following twice is following once."""
    new = insert(CampaignFollow).values(campaign_id=campaign.id, user_id=by.id, at=now).on_conflict_do_nothing()
    if db.session.scalar(new.returning(CampaignFollow.user_id)) is not None:
        totals.add(campaign.id, follows=1)


def unfollow(campaign: Campaign, *, by: User) -> None:
    """Hear of it no more."""
    gone = delete(CampaignFollow).where(CampaignFollow.campaign_id == campaign.id, CampaignFollow.user_id == by.id)
    if db.session.scalar(gone.returning(CampaignFollow.user_id)) is not None:
        totals.add(campaign.id, follows=-1)


def hear_no_more(campaign: Campaign, address: str, *, now: datetime) -> None:
    """No more news or messages of this campaign to an address; mail about one's own money comes all the same."""
    person = db.session.scalar(select(User).where(func.lower(User.email) == address.lower()))
    # A member's pledges go by their account, which may have another address by now; a guest's by what they typed.
    theirs = func.lower(Pledge.email) == address.lower()
    if person is not None:
        theirs = theirs | (Pledge.user_id == person.id)
        unfollow(campaign, by=person)
    db.session.execute(
        update(Pledge)
        .where(Pledge.campaign_id == campaign.id, theirs, Pledge.quiet_at.is_(None))
        .values(quiet_at=now)
        .execution_options(synchronize_session=False)
    )


def write_to_backers(
    campaign: Campaign, *, subject: str, text: str, language: str, by: User, now: datetime
) -> BackerMessage:
    """Send a message to everybody who backs the campaign; raises TooManyMessages and NobodyToWriteTo."""
    db.session.execute(select(Campaign.id).where(Campaign.id == campaign.id).with_for_update(key_share=True))
    since = now - timedelta(days=MESSAGES_DAYS)
    lately = select(func.count()).where(BackerMessage.campaign_id == campaign.id, BackerMessage.at > since)
    if (db.session.scalar(lately) or 0) >= MESSAGES:
        raise TooManyMessages()
    recipients = queries.how_many_read(campaign.id)
    if recipients == 0:
        raise NobodyToWriteTo()
    message = BackerMessage(
        campaign_id=campaign.id,
        subject=subject,
        text=text,
        language=language,
        by_id=by.id,
        at=now,
        recipients=recipients,
    )
    db.session.add(message)
    db.session.flush()
    enqueue(tell_of_message, message_id=message.id)
    return message


def change_update(news: CampaignUpdate, *, title: str, text: str, now: datetime) -> None:
    """Mend news that was published; the page says that it was changed, and nobody is written to again."""
    if (news.title, news.text) != (title, text):
        news.title, news.text, news.edited_at = title, text, now
        db.session.flush()
