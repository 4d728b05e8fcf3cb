"""News and messages by mail: in jobs, a stretch at a time, each address once, each in its reader's language.

A stretch's mails and the job for the next stretch are kept together or lost together, so nobody is told twice or forgotten.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from civic.core import clock, mail, tokens
from civic.core.db import db, transaction
from civic.core.i18n import Words
from civic.core.jobs import enqueue, job
from civic.crowdfund.models import BackerMessage, Campaign, CampaignUpdate, DeliveryReport
from civic.crowdfund.queries import talk as queries
from civic.crowdfund.queries.talk import Reader

STRETCH = 200  # mails in one transaction
QUIET = "campaign news"  # what the link to hear no more is signed for


@job("crowdfund.tell_of_update", on="mail")
def tell_of_update(update_id: int, after: str = "") -> None:
    """Tell the next stretch of backers and followers of news, and let the one after it follow."""
    with transaction():
        news = db.session.get(CampaignUpdate, update_id)
        if news is None:
            return
        readers = queries.readers(news.campaign_id, follow_too=True, after=after, size=STRETCH)
        _send("update", news.campaign_id, readers, news=news, title=Words(news.title, news.language))
        if len(readers) == STRETCH:
            enqueue(tell_of_update, update_id=update_id, after=readers[-1].address)


@job("crowdfund.tell_of_message", on="mail")
def tell_of_message(message_id: int, after: str = "") -> None:
    """Send the organiser's message to the next stretch of backers, and let the one after it follow."""
    with transaction():
        message = db.session.get(BackerMessage, message_id)
        if message is None:
            return
        readers = queries.readers(message.campaign_id, follow_too=False, after=after, size=STRETCH)
        _send("message", message.campaign_id, readers, message=message)
        if len(readers) == STRETCH:
            enqueue(tell_of_message, message_id=message_id, after=readers[-1].address)


@job("crowdfund.tell_of_report", on="mail")
def tell_of_report(report_id: int, after: str = "") -> None:
    """Tell the next stretch of backers and followers of a report, and let the one after it follow."""
    with transaction():
        report = db.session.get(DeliveryReport, report_id)
        if report is None:
            return
        readers = queries.readers(report.campaign_id, follow_too=True, after=after, size=STRETCH)
        _send("report", report.campaign_id, readers, report=report)
        if len(readers) == STRETCH:
            enqueue(tell_of_report, report_id=report_id, after=readers[-1].address)


def _send(name: str, campaign_id: int, readers: list[Reader], **facts: Any) -> None:
    campaign = db.session.scalars(
        select(Campaign).where(Campaign.id == campaign_id).options(joinedload(Campaign.organisation))
    ).one()
    for reader in readers:
        mail.send(
            f"crowdfund/{name}",
            to=reader.address,
            language=reader.language,
            person_id=reader.person_id,
            now=clock.now(),
            campaign=campaign,
            backs=reader.backs,
            quiet=tokens.sign(QUIET, [campaign_id, reader.address]),
            **facts,
        )
