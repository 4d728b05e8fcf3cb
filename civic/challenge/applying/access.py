"""Who may do what with calls and applications. Before the deadline nobody but a startup's own people reads what they wrote.

Actions refuse the same; here doors and buttons ask, so that nobody is offered what would be refused.
"""

from civic.accounts.access import has_role, is_confirmed
from civic.assessment.access import may_assess
from civic.assessment.queries.interests import hides
from civic.assessment.rules.choices import DECLARING
from civic.challenge.applying.models import Call, ChallengeApplication, Interview, Startup
from civic.challenge.applying.queries.interviews import hearers_of
from civic.challenge.applying.queries.seats import acts_for_startup
from civic.challenge.applying.queries.startups import is_finalist
from civic.challenge.applying.rules.choices import CHOSEN, RANKING, SENT
from civic.challenge.models import Challenge
from civic.challenge.queries.seats import acts_for_partner
from civic.core import clock
from civic.core.db import db
from civic.core.person import maybe_me
from civic.grants.access import may_see_grants

may_run = has_role("challenge_manager")
"""Those who run calls; administrators do not, as they read no applications."""
may_work = has_role(*DECLARING)
"""Whoever may have a part in judging or deciding."""
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


# Calls and startups, for everybody.


def may_see_call(call: Call) -> bool:
    """Everybody from its opening on, once its programme is announced; before that those who run calls."""
    return (call.status != "draft" and call.programme.is_public) or may_run()


def may_edit_startup(startup: Startup) -> bool:
    """The members of its organisation."""
    person = maybe_me()
    return person is not None and acts_for_startup(startup.id, person.id)


def may_see_startup(startup: Startup) -> bool:
    """Everybody once it was a finalist; before that its own people."""
    return is_finalist(startup.id) or may_edit_startup(startup)


# Managers.


def may_list(call: Call) -> bool:
    """Those with a part in public money: before the deadline they learn no more than numbers."""
    return call.status != "draft" and may_see_grants()


def may_judge(application: ChallengeApplication) -> bool:
    """Those who run calls decide about what was sent, while it is assessed, but never where they have an interest."""
    status = db.session.get_one(Call, application.call_id).status
    return may_run() and status in ("open", "assessing") and may_read_as_staff(application)


def may_rule_out(application: ChallengeApplication) -> bool:
    """What stands is ruled out where a condition is not met after all."""
    return application.status == "submitted" and may_judge(application)


def may_reinstate(application: ChallengeApplication) -> bool:
    """What was ruled out comes back."""
    return application.status == "ineligible" and may_judge(application)


def may_answer(application: ChallengeApplication) -> bool:
    """What stands is shortlisted or not; until everybody is told that may change."""
    return application.status in ("submitted", "shortlisted", "not_shortlisted") and may_judge(application)


def may_plan_interview(application: ChallengeApplication) -> bool:
    """Whoever was not answered yet may be heard."""
    return application.status == "submitted" and may_judge(application)


def may_change_interview(interview: Interview) -> bool:
    """Until it was held or called off."""
    return interview.status == "planned" and may_judge(interview.application)


def may_record(interview: Interview) -> bool:
    """Those who may change it, and those who hear it, write down what was said."""
    person = maybe_me()
    if person is None or interview.status != "planned":
        return False
    hears = person.id in {each.person_id for each in hearers_of([interview.id])}
    return may_judge(interview.application) or (hears and may_assess() and is_impartial(interview.application))


def may_see_interview(interview: Interview) -> bool:
    """Those who read the application as staff, and those who hear it."""
    person = maybe_me()
    if person is None:
        return False
    hears = person.id in {each.person_id for each in hearers_of([interview.id])}
    return may_read_as_staff(interview.application) or (hears and may_assess() and is_impartial(interview.application))
