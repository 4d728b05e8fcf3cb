"""Who may do what with calls and applications. Before the deadline nobody but a startup's own people reads what they wrote.

Actions refuse the same; here doors and buttons ask, so that nobody is offered what would be refused.
"""

from civic.accounts.access import has_role, is_confirmed
from civic.assessment.queries.interests import hides
from civic.challenge.applying.models import Call, ChallengeApplication
from civic.challenge.applying.queries.seats import acts_for_startup
from civic.challenge.applying.rules.choices import CHOSEN, RANKING, SENT
from civic.challenge.models import Challenge
from civic.challenge.queries.seats import acts_for_partner
from civic.core import clock
from civic.core.db import db
from civic.core.person import maybe_me
from civic.grants.access import may_see_grants

may_run = has_role("challenge_manager")
"""Those who run calls; administrators do not, as they read no applications."""
may_apply = is_confirmed
"""Whoever applies has an address that we can answer to."""


def acts_for(application: ChallengeApplication) -> bool:
    """Somebody of its startup."""
    person = maybe_me()
    return person is not None and acts_for_startup(application.startup_id, person.id)


def may_read(application: ChallengeApplication) -> bool:
    """Its own people; after the deadline, who has a part in public money; after the shortlist, its partner's people.

    But never somebody who stands behind it otherwise or declared an interest in it.
    """
    return acts_for(application) or may_read_as_staff(application) or may_read_as_partner(application)


def may_read_as_staff(application: ChallengeApplication) -> bool:
    """Everybody with a part in public money, for what was sent, once the deadline has passed."""
    if not may_see_grants() or application.status not in SENT:
        return False
    return is_unsealed(application) and is_impartial(application)


def may_read_as_partner(application: ChallengeApplication) -> bool:
    """The people of its challenge's partner, for what was shortlisted, once every applicant was answered."""
    person = maybe_me()
    if person is None or application.status not in CHOSEN:
        return False
    if db.session.get_one(Call, application.call_id).status not in RANKING:
        return False
    partner_id = db.session.get_one(Challenge, application.challenge_id).partner_id
    return partner_id is not None and acts_for_partner(partner_id, person.id) and is_impartial(application)


def is_unsealed(application: ChallengeApplication) -> bool:
    """Whether the deadline of its call has passed."""
    return db.session.get_one(Call, application.call_id).is_unsealed(clock.now())


def is_impartial(application: ChallengeApplication) -> bool:
    """Somebody who neither declared an interest in it nor stands behind it."""
    person = maybe_me()
    return person is not None and not hides(application.name, person.id)
