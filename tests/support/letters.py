"""Every message that any test queues is read as its reader would read it."""

import re
from collections.abc import Iterator
from typing import Any

from flask import current_app
from sqlalchemy import event

from civic.core.mail import OutgoingMessage
from tests.support.checks import CHECKS, Fault, _language
from tests.support.page import Page, words_of
from tests.support.words import is_english

# What is asked of a page and means nothing in a message: its styles must be inline, and it has no parts to skip to.
ONLY_PAGES = {"inline", "landmark", "form", "autocomplete"}
LINK = re.compile(r"https?://[^\s<>\"]+")


class _Letter:
    mimetype, status_code = "text/html", 200

    def __init__(self, html: str):
        self.html, self.headers = html, {}

    def get_data(self, *, as_text: bool) -> str:
        return self.html


def faults_of_letter(subject: str, text: str, html: str, language: str) -> Iterator[Fault]:
    """Everything wrong with a message."""
    page = Page(_Letter(html), "message")
    for name, check in CHECKS.items():
        yield from (Fault(name, detail) for detail in check(page) if name not in ONLY_PAGES)
    yield from (Fault("language", detail) for detail in _language(page, language))
    if not subject or "\n" in subject:
        yield Fault("subject", repr(subject))
    if language == "xx":
        lines = [
            LINK.sub(" ", line).replace(current_app.config["SITE_NAME"], " ") for line in (subject, *text.splitlines())
        ]
        yield from (Fault("language", f"English line {line!r}") for line in lines if is_english(line))
    hrefs = [each.href for each in page.links]
    lost = [each for each in hrefs if not each.startswith(("http", "mailto:", "tel:"))]
    yield from (Fault("link", f"{each!r} leads nowhere from a mail program") for each in lost)
    yield from (
        Fault("link", f"{each} is missing in the plain text")
        for each in hrefs
        if each.startswith("http") and each not in text
    )
    if re.search(r"</?[a-z]+>|&(amp|lt|gt|quot|#\d+);", text + subject):
        yield Fault("text", f"HTML in the plain text: {text[:200]!r}")
    if not words_of(page.first("body")):
        yield Fault("text", "an empty message")


def check_letter(message: Any) -> None:
    """Fail, naming every fault, unless the message is in order; rows that a test makes up itself are let through."""
    if message.name not in current_app.extensions["civic"].messages:
        return
    found = list(faults_of_letter(message.subject, message.text, message.html, message.language))
    if found:
        raise AssertionError(f"message {message.name!r} in {message.language}:\n  " + "\n  ".join(map(str, found)))


def watch() -> None:
    """From now on, queueing a faulty message fails the test that caused it."""
    event.listen(OutgoingMessage, "before_insert", lambda mapper, connection, message: check_letter(message))
