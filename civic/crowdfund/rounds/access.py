"""Who may do what with rounds and applications. Before the deadline nobody but the applicants reads what they wrote.

Actions refuse the same; here doors and buttons ask, so that nobody is offered what would be refused.
"""

from civic.accounts.access import acting_roles, has_role, is_confirmed
from civic.assessment import queries as assessment
from civic.assessment.access import may_assess
from civic.assessment.queries.items import assignment_on
from civic.assessment.queries.panels import seat_of
from civic.core import clock
from civic.core.person import maybe_me
from civic.core.states import can
from civic.crowdfund.rounds.models import Application, Expression, Round
from civic.crowdfund.rounds.queries import applications as queries
from civic.crowdfund.rounds.rules.choices import SENT
from civic.grants.access import may_see_grants
from civic.grants.actions.standing import is_impartial
from civic.grants.queries.awards import of_subject
from civic.grants.rules.choices import MANAGERS

may_run_rounds = has_role(*MANAGERS)
"""Those who may begin a round; which one they run is asked of its fund."""
may_apply = is_confirmed
"""Whoever applies has an address that we can answer to."""


# Rounds.


def may_run(round_: Round) -> bool:
    """Those with the role that runs its fund."""
    return round_.fund.managed_by in acting_roles()


def may_write(round_: Round) -> bool:
    """They write it while it is a draft."""
    return round_.status == "draft" and may_run(round_)


def may_see_round(round_: Round) -> bool:
    """Everybody from its opening on; before that those who run it."""
    return round_.is_public() or may_run(round_)


def may_see_desk(round_: Round) -> bool:
    """Those who run it; others with a part in public money after its deadline."""
    return may_run(round_) or (may_see_grants() and round_.is_unsealed(clock.now()))


def may_read_applications(round_: Round) -> bool:
    """The same people, and nobody before the deadline; of each application it is asked again."""
    return may_see_grants() and round_.is_unsealed(clock.now())


def may_export(round_: Round) -> bool:
    """Those who run it take everything away in a file, after the deadline."""
    return may_run(round_) and may_read_applications(round_)


# Expressions of interest.


def acts_for(thing: Expression | Application) -> bool:
    """Whoever applies: a member of the organisation, or the person who applies alone."""
    person = maybe_me()
    return person is not None and queries.acts_for(thing, person)


def may_edit(thing: Expression | Application) -> bool:
    """They write it until it is sent."""
    return thing.status == "draft" and acts_for(thing)


def may_read_expression(expression: Expression) -> bool:
    """Those who run the round, once it was sent, but never their own."""
    return expression.status in ("submitted", "answered") and may_run(expression.round) and not _is_theirs(expression)


def may_answer(expression: Expression) -> bool:
    """The same people answer it once."""
    return expression.status == "submitted" and may_read_expression(expression)


def _is_theirs(expression: Expression) -> bool:
    person = maybe_me()
    written_by = (expression.started_by_id, expression.edited_by_id)
    return person is not None and (person.id in written_by or queries.acts_for(expression, person))


# One application, for staff.


def may_read(application: Application) -> bool:
    """Everybody with a part in public money after the deadline, but for those behind it and those with a declared interest."""
    return application.status in SENT and may_read_applications(application.round) and _is_impartial(application)


def may_judge(application: Application) -> bool:
    """Those who run the round act on it."""
    return may_run(application.round) and application.round.unsealed_at is not None and may_read(application)


def may_recommend(application: Application) -> bool:
    """Money is recommended once, for what stands."""
    standing = application.status in ("submitted", "unsuccessful")
    return standing and may_judge(application) and of_subject(application.name) is None


def may_turn_down(application: Application) -> bool:
    """What stands without a recommendation is answered with a no."""
    return application.status == "submitted" and may_judge(application) and of_subject(application.name) is None


may_rule_out = may_turn_down


def may_reinstate(application: Application) -> bool:
    """What was ruled out comes back."""
    return can(application, "reinstate") and may_judge(application)


def may_read_letter(application: Application) -> bool:
    """Whoever applies, whoever may read all of it, and the assessors who were given it."""
    return acts_for(application) or may_read(application) or _judges(application)


def _judges(application: Application) -> bool:
    """An assessor who has said that they have no interest."""
    person, item = maybe_me(), assessment.item_of(application.name)
    if person is None or item is None or not may_assess() or seat_of(item.panel_id, person.id) is None:
        return False
    mine = assignment_on(item.id, person.id)
    reads = mine is not None and mine.status in ("reading", "submitted") and item.status != "withdrawn"
    return reads and application.status in SENT and _is_impartial(application)


def _is_impartial(application: Application) -> bool:
    person = maybe_me()
    return person is not None and is_impartial(application.name, person.id)
