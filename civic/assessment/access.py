"""Who may judge, run a panel, and see what. Actions refuse the same; here doors and buttons ask.

Nobody sees anything of what they declared an interest in or stand behind; nobody sees scores before all of them are in.
"""

from civic.accounts.access import has_role
from civic.assessment.models import Assignment, Criterion, Declaration, Item, Panel
from civic.assessment.queries import items, panels
from civic.assessment.queries.interests import hides
from civic.assessment.queries.items import TO_DO
from civic.assessment.rules.choices import ASSESSING, DECLARING, READING, RUNNING
from civic.core.person import maybe_me

may_run = has_role(*RUNNING)
may_assess = has_role(*ASSESSING)
may_read_results = has_role(*READING)
may_declare_interests = has_role(*DECLARING)
"""Whoever has a part in public money may have an interest in who asks for it."""


# Assessors.


def is_mine(assignment: Assignment) -> bool:
    """The assessor who was asked, while they sit on the panel."""
    person = maybe_me()
    if person is None or not may_assess() or assignment.user_id != person.id:
        return False
    return panels.seat_of(assignment.item.panel_id, person.id) is not None


def may_read(assignment: Assignment) -> bool:
    """The same, once they have said that they have no interest: they see what is to be judged, and their own scores."""
    is_open_to_them = assignment.status in ("reading", "submitted") and assignment.item.status != "withdrawn"
    return is_open_to_them and is_mine(assignment) and is_impartial(assignment.item)


def may_score(assignment: Assignment) -> bool:
    """The same, until their scores are sent or the panel closes."""
    return assignment.status == "reading" and assignment.item.panel.status == "open" and may_read(assignment)


def may_say(assignment: Assignment) -> bool:
    """Whoever was asked says whether they have an interest, at the beginning and whenever one comes up."""
    return assignment.is_active and assignment.item.status != "withdrawn" and is_mine(assignment)


# What is hidden, and what is blind.


def is_impartial(item: Item) -> bool:
    """Somebody who neither declared an interest in it nor stands behind it."""
    person = maybe_me()
    return person is not None and not hides(item.subject, person.id)


def may_see_scores(item: Item) -> bool:
    """Once all are in: those who run panels, approvers, and the assessors who scored it; never who has an interest in it."""
    if not item.is_in:
        return False
    return (may_read_results() or _has_scored(item)) and is_impartial(item)


def _has_scored(item: Item) -> bool:
    person = maybe_me()
    if person is None or not may_assess() or panels.seat_of(item.panel_id, person.id) is None:
        return False
    mine = items.assignment_on(item.id, person.id)
    return mine is not None and mine.status == "submitted"


# Those who run panels.


def may_shape(panel: Panel) -> bool:
    """They write its criteria while it is prepared; afterwards nobody does."""
    return may_run() and panel.status == "draft"


def may_shape_criterion(criterion: Criterion) -> bool:
    """The same, of one of its criteria."""
    panel = panels.panel_by_id(criterion.panel_id)
    return panel is not None and may_shape(panel)


def may_seat(panel: Panel) -> bool:
    """They say who sits on it until it closes."""
    return may_run() and panel.status != "closed"


def may_conduct(panel: Panel) -> bool:
    """They share out, hold meetings and agree while it is open."""
    return may_run() and panel.status == "open"


def may_handle(item: Item) -> bool:
    """They ask assessors and take items off them, but never where they have an interest themselves."""
    return may_conduct(item.panel) and item.status != "withdrawn" and is_impartial(item)


def may_ask(item: Item) -> bool:
    """They ask one more assessor until it is agreed."""
    return item.status in ("waiting", "scored") and may_handle(item)


def may_release(assignment: Assignment) -> bool:
    """They take an item off somebody who has not sent scores."""
    return assignment.status in TO_DO and may_handle(assignment.item)


def may_give_back(assignment: Assignment) -> bool:
    """They let somebody write their scores anew while others are missing."""
    return assignment.status == "submitted" and assignment.item.status == "waiting" and may_handle(assignment.item)


def may_agree(item: Item) -> bool:
    """They write down what a meeting agreed, once all are in."""
    return item.is_in and may_handle(item)


def may_lift(declaration: Declaration) -> bool:
    """They lift an interest of somebody else, in something in which they have none themselves."""
    person = maybe_me()
    if person is None or not may_run() or declaration.user_id == person.id:
        return False
    return not hides(declaration.subject, person.id)
