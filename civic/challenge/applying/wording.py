"""How applying's codes are called on pages: states, steps, questions, conditions, and why one does not hold."""

from typing import Any

from babel.lists import format_list
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.accounts.wording import KIND_NAMES, Words
from civic.challenge.applying.rules import questions as rules
from civic.challenge.applying.rules.choices import told_status
from civic.challenge.applying.rules.eligibility import Finding
from civic.core.i18n import current

CALL_STATES: Words = {
    "draft": _l("Draft"),
    "open": _l("Open for applications"),
    "assessing": _l("Being assessed"),
    "shortlisted": _l("Shortlist published"),
    "matched": _l("Matched"),
    "closed": _l("Ended"),
}
CALL_COLOURS = {
    "draft": "grey",
    "open": "green",
    "assessing": "yellow",
    "shortlisted": "",
    "matched": "",
    "closed": "grey",
}
APPLICATION_STATES: Words = {
    "draft": _l("Draft"),
    "submitted": _l("Sent"),
    "ineligible": _l("A condition is not met"),
    "not_shortlisted": _l("Not shortlisted"),
    "shortlisted": _l("Shortlisted"),
    "unmatched": _l("No place found"),
    "matched": _l("Matched with the partner"),
    "lost": _l("The match has ended"),
    "withdrawn": _l("Given up"),
}
APPLICATION_COLOURS = {
    "draft": "yellow", "submitted": "", "ineligible": "red", "not_shortlisted": "grey", "shortlisted": "green",
    "unmatched": "grey", "matched": "green", "lost": "grey", "withdrawn": "grey",
}  # fmt: skip
APPLICATION_MOVES: Words = {
    "submit": _l("Sent"),
    "reopen": _l("Taken back to change it"),
    "withdraw": _l("Given up"),
    "rule_out": _l("Ruled out"),
    "reinstate": _l("Taken up again"),
    "pass_over": _l("Not shortlisted"),
    "shortlist": _l("Shortlisted"),
    "match": _l("Matched"),
    "leave": _l("Left without a place"),
    "lose": _l("The match ended"),
}
INTERVIEW_STATES: Words = {"planned": _l("Planned"), "held": _l("Held"), "cancelled": _l("Called off")}
INTERVIEW_COLOURS = {"planned": "yellow", "held": "green", "cancelled": "grey"}
STAGES: Words = {
    "idea": _l("An idea"),
    "prototype": _l("A prototype"),
    "first_users": _l("First users"),
    "growing": _l("Growing"),
}
CAPABILITIES: Words = {
    "software": _l("Software"),
    "hardware": _l("Hardware"),
    "data": _l("Data and analysis"),
    "service": _l("Designing services"),
    "research": _l("Research"),
    "community": _l("Work with communities"),
    "care": _l("Health and care work"),
    "energy": _l("Energy"),
    "transport": _l("Transport"),
    "finance": _l("Finance"),
}
STEPS: Words = {
    "startup": _l("Your startup"),
    "conditions": _l("Conditions"),
    "about": _l("In short"),
    "solution": _l("Your solution"),
    "test": _l("The test"),
    "after": _l("Afterwards, and with care"),
}
STEP_STATES: Words = {"done": _l("Done"), "missing": _l("Something is missing"), "new": _l("Not begun")}
STEP_COLOURS = {"done": "", "missing": "yellow", "new": "grey"}
QUESTIONS: dict[str, tuple[Any, Any]] = {
    "summary": (
        _l("What do you offer, in two or three sentences?"),
        _l("If you are shortlisted, everybody reads this. Nobody reads it before."),
    ),
    "solution": (
        _l("How does your solution answer the challenge?"),
        _l("For whom it works, what they do with it, and what is different for them afterwards."),
    ),
    "novelty": (_l("What is new about it?"), _l("What do people do today, and why is yours better?")),
    "evidence": (
        _l("What shows that it works?"),
        _l("Results, users, letters, studies. If there is nothing yet, you may leave it out."),
    ),
    "test": (
        _l("How would you test it with the partner?"),
        _l("Where, with whom, in which steps, and what you need from the partner."),
    ),
    "users": (
        _l("How do the people it is for take part?"),
        _l("From the first day on, and also those who are hard to reach."),
    ),
    "measures": (
        _l("How will you know whether the test has worked?"),
        _l("What you measure before and after, and which result would make you stop."),
    ),
    "budget": (_l("What would you use the grant for?"), _l("The large items with their sums, so that they add up.")),
    "adoption": (
        _l("If the test works, what happens next?"),
        _l("How the partner would go on using it, what it would cost, and who else could use it."),
    ),
    "risks": (_l("What could go wrong, and what would you do then?"), _l("The two or three largest risks.")),
    "data": (
        _l("Which personal data does the test need, and how do you protect them?"),
        _l("Which, whose, where they are kept, and when they are deleted. If it needs none, say so."),
    ),
    "access": (
        _l("How can disabled people and people who speak little English use it?"),
        _l("What you have tried with them, and what you would do in the test."),
    ),
}
CONDITIONS: Words = {
    "organisation_kinds": _l("Only some kinds of organisations"),
    "registered": _l("A number in a public register"),
    "verified": _l("Verified by our staff"),
    "in_london": _l("A team in London"),
    "stage_at_least": _l("A stage that is reached"),
    "no_connection": _l("No connection with us or the partner"),
    "solvent": _l("Not insolvent"),
    "may_use": _l("The rights to what is offered"),
    "not_political": _l("No party-political or religious promotion"),
    "within_aid": _l("Within the limit for small subsidies"),
}
WHY: Words = {
    "kind": _l("Your organisation is of another kind."),
    "no_number": _l("Your organisation has no number yet in Companies House or another register."),
    "not_verified": _l("Our staff have not verified your organisation yet. You can write meanwhile."),
    "no_borough": _l("Your startup’s page names no borough yet."),
    "no_stage": _l("Your startup’s page does not say yet how far you are."),
    "stage": _l("Your startup’s page says that you are not so far yet."),
    "works_for_us": _l("Somebody in your organisation is a member of our staff."),
    "acts_for_partner": _l("Somebody in your organisation acts for the partner of this challenge."),
    "not_declared": _l("You have not declared this yet."),
}
CALL_GAPS: Words = {
    "opens_at": _l("The moment from which startups can apply."),
    "closes_at": _l("The deadline."),
    "past": _l("A deadline that has not passed."),
    "challenges": _l("At least one challenge of this programme whose brief is final."),
    "programme": _l("The programme must be announced."),
    "order:scores_by": _l("Scores are asked for before the deadline of the call."),
    "order:interviews_on": _l("Interviews stand before a date that must come first."),
    "order:answers_by": _l("Answers stand before a date that must come first."),
    "order:ranks_close_at": _l("The end of ranking stands before a date that must come first."),
    "order:demo_day_on": _l("The demo day stands before a date that must come first."),
}


def sentence(kind: str, value: Any) -> str:
    """A condition as applicants read it."""
    if kind == "organisation_kinds":
        names = [str(KIND_NAMES[each]) for each in value or () if each in KIND_NAMES]
        return _(
            "You apply for an organisation of one of these kinds: %(kinds)s.",
            kinds=format_list(names, style="or", locale=current().locale),
        )
    if kind == "stage_at_least":
        return _("You have got at least this far: %(stage)s.", stage=STAGES.get(str(value), ""))
    return {
        "registered": _("Your organisation stands in a public register, such as Companies House."),
        "verified": _("Our staff have verified your organisation."),
        "in_london": _("Your team works in London."),
        "no_connection": _(
            "Nobody who decides in your startup works for us or for the partner of the challenge, "
            "or is close family of somebody who does."
        ),
        "solvent": _("Your organisation is not insolvent, and no proceedings about that are under way."),
        "may_use": _("You own what you offer, or have the right to use it in this way."),
        "not_political": _("Your solution promotes no political party and no religion."),
        "within_aid": _(
            "With this grant you would have received no more than £315,000 of small subsidies "
            "(minimal financial assistance) in this financial year and the two before."
        ),
    }[kind]


def why_not(finding: Finding) -> str:
    """Why a condition does not hold, or not yet."""
    return str(WHY[finding.why]) if finding.why else ""


def gap(code: str) -> str:
    """What is missing in an application, in a sentence."""
    if code == "title":
        return _("Give your application a title.")
    if code == "profile":
        return _("Your startup’s page is not complete yet.")
    kind, _sep, key = code.partition(":")
    question = str(QUESTIONS[key][0])
    if kind == "words":
        return _("This answer is too long: %(question)s", question=question)
    return _("This question has no answer yet: %(question)s", question=question)


def state_for_startup(application: Any) -> str:
    """Where an application stands, as far as its startup has been told."""
    return told_status(application.status, application.call.status)


class ApplyingWords:
    """Everything that pages say about calls and applications, under one name in templates."""

    calls, call_colours, call_gaps = CALL_STATES, CALL_COLOURS, CALL_GAPS
    applications, application_colours, moves = APPLICATION_STATES, APPLICATION_COLOURS, APPLICATION_MOVES
    interviews, interview_colours = INTERVIEW_STATES, INTERVIEW_COLOURS
    stages, capabilities = STAGES, CAPABILITIES
    steps, step_states, step_colours = STEPS, STEP_STATES, STEP_COLOURS
    questions, conditions = QUESTIONS, CONDITIONS
    questions_of = staticmethod(rules.questions_of)
    words_in = staticmethod(rules.words_in)
    sentence, why_not, gap = staticmethod(sentence), staticmethod(why_not), staticmethod(gap)
    state_for_startup = staticmethod(state_for_startup)
