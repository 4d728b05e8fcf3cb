"""What a person tells about themselves: the profile, and, apart from it, the equality answers with their consent."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from civic.accounts import wording
from civic.accounts.models import Consent, EqualityAnswer, User
from civic.accounts.queries import sharing
from civic.accounts.rules import equality, names
from civic.core.db import db
from civic.core.errors import CivicError, Forbidden

PROFILE = ("borough", "connections", "birth_month", "birth_year", "tenure", "work_status")


class BadName(CivicError):
    """The display name cannot be used; the sentence says why."""

    status, field = 422, "display_name"


class BadAnswer(CivicError):
    """The question does not offer this answer."""

    sentence, status, field = _l("Choose one of the answers."), 422, "answer"


class NoConsent(Forbidden):
    """Equality answers are kept only after a yes to the explainer."""

    sentence = _l("Say first whether you want to answer the equality questions.")


def name(user: User, display_name: str) -> None:
    """Give a person a display name; raises BadName, and the constraint says when somebody's looks the same."""
    tidied = names.tidy(display_name)
    found = names.problem(tidied)
    if found and not (found == "office" and user.is_staff):
        raise BadName(wording.NAME_PROBLEMS[found])
    user.display_name, user.display_name_folded = tidied, names.folded(tidied)
    db.session.flush()


def tell(user: User, **about: Any) -> None:
    """Save parts of the profile; what is not named stays."""
    assert set(about) <= set(PROFILE), about
    for part, value in about.items():
        setattr(user, part, value)


def choose_language(user: User, language: str) -> None:
    """The language in which we write to this person."""
    user.language = language


def consent_to_equality(user: User, *, now: datetime) -> Consent:
    """Record a yes to the present text of the equality explainer; a standing yes to it is enough."""
    _one_at_a_time(user)
    consent = sharing.standing_consent(user, "equality_monitoring")
    if consent and consent.text_version == equality.TEXT_VERSION:
        return consent
    if consent:
        consent.withdrawn_at = now
        db.session.flush()
    fresh = Consent(
        user_id=user.id,
        purpose="equality_monitoring",
        text_version=equality.TEXT_VERSION,
        given_at=now,
        withdrawn_at=None,
    )
    db.session.add(fresh)
    db.session.flush()
    return fresh


def answer_equality(user: User, question: str, answer: str, *, own_words: str = "", now: datetime) -> None:
    """Keep one equality answer, and forget the detail of another answer given before; raises NoConsent or BadAnswer."""
    _one_at_a_time(user)
    if sharing.standing_consent(user, "equality_monitoring") is None:
        raise NoConsent()
    rows = sharing.equality_answers(user)
    answers = {key: row.answer for key, row in rows.items()}
    if not equality.asked(question, answers) or answer not in equality.options(question, answers):
        raise BadAnswer()
    kept = own_words[: equality.OWN_WORDS_LENGTH] if equality.OWN_WORDS.get(question) == answer else ""
    row = rows.get(question)
    if row is None:
        row = rows[question] = EqualityAnswer(user_id=user.id, question=question)
        db.session.add(row)
    row.answer, row.own_words, row.answered_at = answer, kept, now
    detail = equality.forgotten_by(question, answers.get(question), answer)
    if detail in rows:
        db.session.delete(rows[detail])
    db.session.flush()


def forget_equality(user: User, *, now: datetime) -> None:
    """Delete every equality answer and note that the consent was taken back."""
    db.session.execute(delete(EqualityAnswer).where(EqualityAnswer.user_id == user.id))
    if consent := sharing.standing_consent(user, "equality_monitoring"):
        consent.withdrawn_at = now
    db.session.flush()


def _one_at_a_time(user: User) -> None:
    """Two windows of one person take turns: neither writes the row that the other is writing."""
    db.session.execute(select(User.id).where(User.id == user.id).with_for_update())
