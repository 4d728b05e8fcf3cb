"""Who may do what in the challenge. Each answers from rows that are loaded."""

from civic.accounts.access import has_role, is_confirmed
from civic.challenge.models import BriefRemark, Challenge, Problem, Programme
from civic.core.person import maybe_me

may_manage = has_role("challenge_manager", "administrator")
"""Decide on problems; write programmes, partners and briefs; answer remarks."""
may_publish = has_role("challenge_manager", "approver", "administrator")
"""Publish a final brief that somebody else wrote (who wrote on it is asked where it is done)."""
may_see_desk = has_role("challenge_manager", "approver", "administrator")
"""See the staff pages of the challenge."""


def may_propose(*things: object) -> bool:
    """Members whose e-mail address is confirmed."""
    return is_confirmed()


def is_author_of(thing: Problem | BriefRemark) -> bool:
    """Whether the person here wrote it."""
    person = maybe_me()
    return person is not None and thing.author_id == person.id


def may_see_problem(problem: Problem) -> bool:
    """Everybody while it is in sight; otherwise its author and those who manage the challenge."""
    return problem.is_in_sight or is_author_of(problem) or may_manage() or has_role("moderator")()


def may_support(problem: Problem) -> bool:
    """Members, for an open problem that somebody else proposed."""
    return problem.takes_support and is_confirmed() and not is_author_of(problem)


def may_change_problem(problem: Problem) -> bool:
    """Its author, as long as nobody supports it and nothing was decided."""
    return is_author_of(problem) and problem.may_still_change


def may_see_challenge(challenge: Challenge) -> bool:
    """Everybody once its brief was opened for comment; before that those at its desk."""
    return challenge.is_public or may_see_desk()


def may_see_programme(programme: Programme) -> bool:
    """Everybody once it was announced; before that those at its desk."""
    return programme.is_public or may_see_desk()
