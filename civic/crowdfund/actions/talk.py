"""What can be said around a campaign: news, comments, messages to backers; and who wants to hear of it."""

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.core import audit, mail
from civic.core.db import db
from civic.core.errors import CivicError
from civic.core.jobs import enqueue
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

MESSAGES, MESSAGES_DAYS = 2, 7
COMMENT_PAUSE = timedelta(seconds=20)


class SaidBefore(CivicError):
    """The same words by the same person."""

    sentence, status, field = _l("You have said exactly this here before."), 409, "text"


class TooFast(CivicError):
    """Another comment within seconds."""

    sentence, status, field = _l("That was very fast. Wait a moment and post it again."), 429, "text"


class TooManyMessages(CivicError):
    """Backers are not written to every day."""

    sentence, status = _l("You have sent two messages within seven days. Wait a few days before the next."), 429


class NobodyToWriteTo(CivicError):
    """A message without a reader."""

    sentence, status = _l("Nobody backs this campaign yet, so there is nobody to write to."), 409


class CannotAnswer(CivicError):
    """The comment was hidden meanwhile."""

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
    """Say something under a campaign; an answer to an answer joins the thread it stands in. Raises SaidBefore and TooFast."""
    if answers is not None and answers.hidden_at is not None:
        raise CannotAnswer()
    # The row of sums is held from here on, so that numbers are given out one after another.
    totals.add(campaign.id, comments=1)
    _refuse_floods(campaign, text=text, by=by, now=now)
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
    )
    db.session.add(said)
    db.session.flush()
    return said


def _refuse_floods(campaign: Campaign, *, text: str, by: User, now: datetime) -> None:
    mine = select(CampaignComment.at, CampaignComment.text).where(
        CampaignComment.campaign_id == campaign.id, CampaignComment.author_id == by.id
    )
    for at, words in db.session.execute(mine.order_by(CampaignComment.id.desc()).limit(20)):
        if " ".join(words.casefold().split()) == " ".join(text.casefold().split()):
            raise SaidBefore()
        if now - at < COMMENT_PAUSE:
            raise TooFast()


def hide(comment: CampaignComment, *, campaign: Campaign, why: str, by: User, now: datetime) -> None:
    """Take a comment out of sight, with a reason that everybody reads and its author is told; twice changes nothing."""
    if comment.hidden_at is not None:
        return
    comment.hidden_at, comment.hidden_by_id, comment.hidden_why = now, by.id, why
    totals.add(campaign.id, comments=-1)
    audit.record("hide comment", on=("campaign_comment", comment.id), by=by, now=now, why=why)
    author = db.session.get(User, comment.author_id) if comment.author_id else None
    if author is not None:
        mail.send(
            "crowdfund/comment_hidden",
            to=author.email,
            language=author.language,
            person_id=author.id,
            now=now,
            campaign=campaign,
            comment=comment,
            why=why,
        )


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


def show_again(comment: CampaignComment, *, campaign: Campaign, why: str, by: User, now: datetime) -> None:
    """Undo that; twice changes nothing."""
    if comment.hidden_at is None:
        return
    comment.hidden_at, comment.hidden_by_id, comment.hidden_why = None, None, ""
    totals.add(campaign.id, comments=1)
    audit.record("show comment", on=("campaign_comment", comment.id), by=by, now=now, why=why)


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
