"""Health, and in development the outbox: addresses without a language."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from civic.core.db import db
from civic.core.doors import allowed, anyone
from civic.core.mail import OutgoingMessage
from civic.core.web import room

bp = Blueprint("health", __name__)
outbox_room = room("outbox", __name__)


@bp.get("/health/live")
@allowed(anyone)
def live() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="alive")


@bp.get("/health/ready")
@allowed(anyone)
def ready() -> ResponseReturnValue:
    """The database answers and has the tables this release expects; 503 otherwise."""
    try:
        at = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        return jsonify(status="the database does not answer"), 503
    head = current_app.extensions["schema_head"]
    return (jsonify(status="ready"), 200) if at == head else (jsonify(status="migrations are missing"), 503)


def mail_is_kept(*things: Any) -> bool:
    """The outbox exists only where no mail server is configured, which production refuses."""
    return not current_app.config["SMTP_URL"] and not current_app.config["PRODUCTION"]


def message_by_id(message_id: int) -> OutgoingMessage | None:
    """One kept message."""
    return db.session.get(OutgoingMessage, message_id) if message_id < 2**62 else None


@outbox_room.get("/outbox")
@allowed(mail_is_kept, hide=True)
def list_messages() -> str:
    """The latest hundred messages that would have been sent."""
    columns = (
        OutgoingMessage.id,
        OutgoingMessage.to_address,
        OutgoingMessage.subject,
        OutgoingMessage.created_at,
        OutgoingMessage.language,
    )
    rows = db.session.execute(select(*columns).order_by(OutgoingMessage.id.desc()).limit(100)).all()
    return render_template("core/outbox.html", messages=rows)


@outbox_room.get("/outbox/<int:message_id>")
@allowed(mail_is_kept, on=message_by_id, hide=True)
def show_message(message: OutgoingMessage) -> str:
    """One message as its reader would see it: links work."""
    return render_template("core/outbox_message.html", message=message)


@outbox_room.get("/outbox/<int:message_id>/html")
@allowed(mail_is_kept, on=message_by_id, hide=True)
def show_message_html(message: OutgoingMessage) -> Response:
    """The HTML part alone, as a mail program would draw it."""
    response = Response(message.html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups"
    return response
