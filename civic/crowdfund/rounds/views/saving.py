"""What all steps of writing share: saving one without overwriting anybody, and showing how it stands now."""

from typing import Any

from civic.core import clock
from civic.core.db import transaction
from civic.core.errors import Conflict, form_errors
from civic.core.person import me
from civic.crowdfund.actions.campaigns import ChangedMeanwhile, edition
from civic.crowdfund.rounds.actions import applying
from civic.crowdfund.rounds.forms.applying import AnswersForm, StepForm
from civic.crowdfund.rounds.models import Application, Expression
from civic.crowdfund.rounds.queries import applications as queries
from civic.grants.queries.people import names

Thing = Expression | Application


def mark(thing: Thing, form: StepForm) -> str:
    """The mark of what the step shows, as it stands."""
    if isinstance(form, AnswersForm):
        return applying.mark_of(thing, tuple(each.key for each in form.questions))
    return edition(thing, form.columns)  # type: ignore[arg-type]


def keep(thing: Thing, form: StepForm) -> Conflict | None:
    """Save a step; tells what stood in the way, with the form ready to be sent again over what stands now."""
    number, kind = thing.id, type(thing)
    seen = form.seen.data or ""
    try:
        with transaction():
            if isinstance(form, AnswersForm):
                applying.answer(thing, form.answers(), seen=seen, by=me(), now=clock.now())
            else:
                applying.tell(thing, form.facts(), seen=seen, by=me(), now=clock.now())
    except Conflict as refused:
        form_errors(form, refused)
        form.seen.data = mark(again(kind, number), form)
        return refused
    return None


def again(kind: type[Thing], number: int) -> Any:
    """The same thing, read afresh with all that belongs to it."""
    found = queries.application_by_id(number) if kind is Application else queries.expression_by_id(number)
    assert found is not None
    return found


def is_stale(refused: Conflict | None) -> bool:
    """Whether somebody else saved the same meanwhile."""
    return isinstance(refused, ChangedMeanwhile)


def editor_of(thing: Thing) -> str:
    """Who changed it last; empty where nobody did, or the account is gone."""
    number = thing.edited_by_id
    return names([number]).get(number, "") if number is not None else ""
