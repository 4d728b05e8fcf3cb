"""Mail in a real SMTP conversation, in the reader's language, and never before its transaction is kept."""

import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest

from civic.core import mail
from civic.core.db import db, transaction
from civic.core.jobs import waiting
from civic.core.mail import OutgoingMessage, deliver


class Conversation(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a sender needs: says yes, keeps what it was told."""

    def handle(self) -> None:
        self._say("220 ready")
        sender = None
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].split(" ")[0].upper()
            if verb == "EHLO":
                self._say("250 mail.test")
            elif verb == "MAIL":
                sender = line
                self._say("250 ok")
            elif verb == "DATA":
                self._say("354 go on")
                self.server.received.append((sender, self._body()))  # type: ignore[attr-defined]
                self._say("250 kept")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say(self.server.answers.pop(0) if verb == "RCPT" and self.server.answers else "250 ok")  # type: ignore[attr-defined]

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _body(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)


@pytest.fixture
def smtp(app) -> Iterator[socketserver.ThreadingTCPServer]:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation)
    server.received, server.answers = [], []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{server.server_address[1]}"
    yield server
    app.config["SMTP_URL"] = ""
    server.shutdown()
    server.server_close()


@pytest.fixture
def message(in_request, now) -> OutgoingMessage:
    row = OutgoingMessage(
        name="tests/hello",
        to_address="ana@example.com",
        person_id=None,
        language="pl",
        subject="Dzień dobry",
        text="Żółw",
        html="<p>Żółw</p>",
        created_at=now,
        sent_at=None,
        kept=False,
    )
    db.session.add(row)
    db.session.commit()
    return row


def test_a_message_goes_over_the_wire_once(smtp, message):
    deliver(message_id=message.id)
    deliver(message_id=message.id)
    assert len(smtp.received) == 1
    mail_ = message_from_bytes(smtp.received[0][1], policy=policy.default)
    assert mail_["To"] == "ana@example.com"
    assert mail_["Subject"] == "Dzień dobry"
    assert mail_["Content-Language"] == "pl"
    assert [part.get_content_type() for part in mail_.iter_parts()] == ["text/plain", "text/html"]
    assert mail_.get_body(("plain",)).get_content().strip() == "Żółw"
    assert db.session.get(OutgoingMessage, message.id, populate_existing=True).sent_at is not None


def test_a_link_to_stop_letters_goes_over_the_wire_whole(smtp, message):
    message.unsubscribe = f"https://civic.example/en/unsubscribe/{'WzMsImFib3V0' * 20}"
    db.session.commit()
    deliver(message_id=message.id)
    lines = smtp.received[0][1].decode().splitlines()
    assert f"List-Unsubscribe: <{message.unsubscribe}>" in lines
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines


def test_a_refused_message_stays_queued_and_is_not_marked_sent(smtp, message):
    smtp.answers.append("451 try later")
    with pytest.raises(Exception, match="451"):
        deliver(message_id=message.id)
    assert smtp.received == []
    assert db.session.get(OutgoingMessage, message.id, populate_existing=True).sent_at is None


def test_a_subject_cannot_smuggle_a_header(message, app):
    with app.app_context():
        message.subject = "hello Bcc: everybody@example.com"
        assert mail.as_email(message)["Bcc"] is None


def test_mail_of_a_rolled_back_act_is_neither_kept_nor_sent(smtp, in_request, now, monkeypatch):
    monkeypatch.setattr(mail, "render_template", lambda name, **context: "words")
    with pytest.raises(RuntimeError), transaction():
        mail.send("tests/hello", to="ana@example.com", language="en", now=now)
        raise RuntimeError("changed our mind")
    assert waiting() == {}
    assert db.session.query(OutgoingMessage).count() == 0
