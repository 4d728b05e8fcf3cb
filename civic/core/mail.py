"""Mail: rendered in the reader's language, queued in the transaction, sent by SMTP; in development kept to be read."""

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, render_template
from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from civic.core import clock
from civic.core.db import Model, db, id_column, locked, transaction
from civic.core.i18n import speaking
from civic.core.jobs import enqueue, job


class OutgoingMessage(Model):
    """A message to one person, from its queueing to its sending."""

    __tablename__ = "outgoing_message"
    id: Mapped[int] = id_column()
    name: Mapped[str]
    to_address: Mapped[str]
    person_id: Mapped[int | None]
    language: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    kept: Mapped[bool]
    # Where whoever got it can stop such messages with one click (RFC 8058).
    unsubscribe: Mapped[str | None]
    __table_args__ = (Index("ix_outgoing_message_person", "person_id", "id"),)


def send(
    name: str,
    *,
    to: str,
    language: str,
    now: datetime,
    person_id: int | None = None,
    unsubscribe: str | None = None,
    **context: Any,
) -> OutgoingMessage:
    """Queue the message `templates/emails/<name>/` for an address, in a language; it leaves after the transaction commits.

    `unsubscribe` is an absolute address that stops such messages when something is posted to it, without signing in.
    """
    with speaking(language) as spoken:
        parts = {
            part: render_template(f"emails/{name}/{part}", **context).strip()
            for part in ("subject.txt", "body.txt", "body.html")
        }
    message = OutgoingMessage(
        name=name,
        to_address=to,
        person_id=person_id,
        language=spoken.code,
        subject=" ".join(parts["subject.txt"].split()),
        text=parts["body.txt"],
        html=parts["body.html"],
        created_at=now,
        sent_at=None,
        kept=not current_app.config["SMTP_URL"],
        unsubscribe=unsubscribe,
    )
    db.session.add(message)
    db.session.flush()
    if not message.kept:
        enqueue(deliver, message_id=message.id)
    return message


@job("mail.deliver", retries=8, on="mail")
def deliver(message_id: int) -> None:
    """Hand one queued message to the mail server; sent once, unless the server took it and the machine died before noting so."""
    message = db.session.get(OutgoingMessage, message_id)
    if message is None or message.sent_at:
        return
    db.session.rollback()  # no transaction stays open while the network is spoken to
    hand_over(message)
    with transaction():
        locked(OutgoingMessage, message_id).sent_at = clock.now()


def hand_over(message: OutgoingMessage) -> None:
    """One SMTP conversation with the configured server; raises smtplib.SMTPException or OSError, which retries the job."""
    url = urlsplit(current_app.config["SMTP_URL"])
    secure = url.scheme == "smtps"
    connect = smtplib.SMTP_SSL if secure else smtplib.SMTP
    with connect(url.hostname or "localhost", url.port or (465 if secure else 25), timeout=20) as server:
        if url.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(as_email(message))


class OnTheWire(EmailPolicy):
    """How our mail is written out: as Python does it, but for a link that no mail service would know again once it was cut up."""

    def fold(self, name: str, value: str) -> str:
        """One header as it is sent."""
        return f"{name}: {value}{self.linesep}" if name == "List-Unsubscribe" else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """The same in bytes."""
        return self.fold(name, value).encode() if name == "List-Unsubscribe" else super().fold_binary(name, value)


def as_email(message: OutgoingMessage) -> EmailMessage:
    """The message as it goes over the wire: text and HTML, its language named, always under the same Message-ID."""
    config, mail = current_app.config, EmailMessage(OnTheWire())
    mail["Subject"], mail["From"], mail["To"] = message.subject, config["MAIL_FROM"], message.to_address
    mail["Message-ID"] = f"<outgoing-{message.id}@{urlsplit(config['BASE_URL']).hostname}>"
    mail["Auto-Submitted"] = "auto-generated"
    if message.unsubscribe:
        mail["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    mail["Content-Language"] = message.language  # after the content, whose setting clears every Content- header
    return mail


@job("mail.forget")
def forget() -> None:
    """Thirty days after sending, the text and the address go; that a message was sent stays."""
    from datetime import timedelta

    from sqlalchemy import update

    with transaction():
        old = OutgoingMessage.sent_at < clock.now() - timedelta(days=30)
        db.session.execute(
            update(OutgoingMessage)
            .where(old, OutgoingMessage.text != "")
            .values(text="", html="", subject="", to_address="", unsubscribe=None)
        )
