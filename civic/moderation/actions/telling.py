"""Telling people what moderators decided."""

from collections.abc import Iterable
from datetime import datetime

from civic.accounts.models import User
from civic.moderation.models import Case, Decision
from civic.notifications.actions import tell


def tell_author(notice: str, case: Case, *, decision: Decision, by: User, now: datetime) -> None:
    """Tell whoever wrote a text; a former member has nobody to tell."""
    if case.author_id is not None:
        tell(notice, [case.author_id], about=case.thing, now=now, by=by.id, decision=decision.id)


def tell_reporters(case: Case, reporters: Iterable[int | None], *, decision: Decision, by: User, now: datetime) -> None:
    """Tell those whose reports this answers."""
    people = [each for each in reporters if each is not None]
    tell("moderation.report_answered", people, about=case.thing, now=now, by=by.id, decision=decision.id)


def tell_reporters_of_withdrawal(case: Case, reporters: Iterable[int | None], *, by: User, now: datetime) -> None:
    """Tell those who reported a text that its author has taken it back."""
    people = [each for each in reporters if each is not None]
    tell("moderation.report_answered", people, about=case.thing, now=now, by=by.id, case=case.id)


def tell_person(notice: str, person_id: int, number: int, *, by: User, now: datetime) -> None:
    """Tell a person of a warning, a suspension or its end."""
    tell(notice, [person_id], about=f"person:{person_id}", now=now, by=by.id, number=number)
