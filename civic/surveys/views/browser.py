"""What a reader's browser keeps between pages, signed: the keys of drafts and the codes of receipts."""

from __future__ import annotations

from flask import has_request_context, session

from civic.accounts.events import SignedIn
from civic.core import tokens
from civic.core.person import maybe_me
from civic.surveys.actions.answering import Someone
from civic.surveys.actions.attaching import attach
from civic.surveys.queries import answering as queries
from civic.surveys.queries.answering import Taking

DRAFTS, RECEIPTS = "drafts", "receipts"
MOST = 10
"""A cookie is small: the oldest drafts and receipts are let go; a mailed link or the code itself still opens them."""


def here(slug: str) -> Taking | None:
    """The survey at this address as the person at this browser meets it."""
    person = maybe_me()
    return queries.taking(slug, person_id=person.id if person else None, key=draft_key(slug))


def someone() -> Someone:
    """Who is answering, as far as the site knows."""
    person = maybe_me()
    if person is None:
        return Someone()
    if person.email_confirmed_at is None:
        return Someone(person.id)
    return Someone(person.id, "borough_given" if person.borough else "email_confirmed", person.borough)


def draft_key(slug: str) -> str | None:
    """The key of the draft that this browser holds of a survey."""
    kept = session.get(DRAFTS)
    return kept.get(slug) if isinstance(kept, dict) else None


def hold_draft(slug: str, key: str) -> None:
    """Remember a draft in this browser."""
    kept = {name: held for name, held in (session.get(DRAFTS) or {}).items() if name != slug}
    session[DRAFTS] = dict([*kept.items()][-MOST + 1 :]) | {slug: key}
    session.permanent = True  # closing the browser must not lose what was written


def drop_draft(slug: str) -> None:
    """Forget the draft of a survey."""
    kept = session.get(DRAFTS) or {}
    if slug in kept:
        session[DRAFTS] = {name: key for name, key in kept.items() if name != slug}


def key_for(taking: Taking) -> str:
    """The key under which this reader's draft is, or will be, kept; remembered in the browser."""
    slug = taking.survey.slug
    key = taking.draft.key if taking.draft else draft_key(slug) or tokens.secret_token()
    if draft_key(slug) != key:
        hold_draft(slug, key)
    return key


def key_to_write(taking: Taking) -> str:
    """The same for a draft that is about to be begun; a key whose draft went with an account is left to that account."""
    key = key_for(taking)
    if taking.draft is None and queries.belongs_to_an_account(key):
        drop_draft(taking.survey.slug)
        key = key_for(taking)
    return key


def receipt_of(slug: str) -> str | None:
    """The receipt code that this browser was given for a survey."""
    return next((code for name, code in reversed(_receipts()) if name == slug), None)


def keep_receipt(slug: str, code: str) -> None:
    """Remember a receipt in this browser; a visitor's can be given to an account later, a member's is theirs alone."""
    person = maybe_me()
    kept = [each for each in session.get(RECEIPTS) or [] if each[0] != slug]
    session[RECEIPTS] = [*kept[-MOST + 1 :], [slug, code, person.id if person else None]]


def drop_receipt(slug: str) -> None:
    """Forget the receipt of a response that was withdrawn."""
    session[RECEIPTS] = [each for each in session.get(RECEIPTS) or [] if each[0] != slug]


def _receipts() -> list[tuple[str, str]]:
    person = maybe_me()
    mine = (None, person.id) if person else (None,)
    return [(slug, code) for slug, code, holder in session.get(RECEIPTS) or [] if holder in mine]


def knows_nothing_of(slug: str) -> bool:
    """Whether this browser would be shown what every visitor is shown."""
    return maybe_me() is None and not session.get(DRAFTS) and not session.get(RECEIPTS)


def attach_to_account(event: SignedIn) -> None:
    """Somebody signed in at this browser: what it kept belongs to their account from now on."""
    if not has_request_context():
        return
    codes = [code for _slug, code, holder in session.get(RECEIPTS) or [] if holder is None]
    attach(event.user_id, codes=codes, keys=(session.get(DRAFTS) or {}).values())
