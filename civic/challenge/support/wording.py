"""How support's codes are called on pages."""

from types import SimpleNamespace

from flask_babel import lazy_gettext as _l

from civic.core.i18n import LANGUAGES
from civic.core.money import Money

TOPICS = {
    "procurement": _l("Selling to public bodies"),
    "pricing": _l("Price and business model"),
    "data_protection": _l("Data protection"),
    "accessibility": _l("Accessibility"),
    "evidence": _l("Evidence that it works"),
    "investment": _l("Investment"),
    "product": _l("Product and technology"),
    "users": _l("Research with users"),
    "public_sector": _l("How the public sector works"),
    "team": _l("Team and leadership"),
}
WHO = {
    "startup": _l("The startup"),
    "mentor": _l("The mentor"),
    "partner": _l("The partner"),
    "manager": _l("The programme team"),
}
ACTION_STATES = {"open": _l("To do"), "done": _l("Done"), "dropped": _l("Let go")}
ACTION_COLOURS = {"open": "", "done": "green", "dropped": "grey"}
ACTION_VERBS = {"finish": _l("It is done"), "drop": _l("Let it go"), "reopen": _l("Take it up again")}
MENTOR_STATES = {
    "offered": _l("Offered to help"),
    "invited": _l("Invited"),
    "active": _l("Mentor"),
    "declined": _l("Declined"),
    "ended": _l("Has left"),
}
MENTOR_COLOURS = {"offered": "yellow", "invited": "purple", "active": "green", "declined": "grey", "ended": "grey"}
PAIR_STATES = {
    "proposed": _l("Waits for both to agree"),
    "active": _l("Helps"),
    "declined": _l("Declined"),
    "ended": _l("Ended"),
}
PAIR_COLOURS = {"proposed": "yellow", "active": "green", "declined": "grey", "ended": "grey"}
WAYS = {"online": _l("Online"), "in_person": _l("In person"), "both": _l("Online or in person")}
REASONS = {
    "topics": _l("Knows what the startup needs"),
    "language": _l("Speaks its language"),
    "online": _l("Helps online"),
    "near": _l("Is in the same borough"),
}
SESSION_STATES = {
    "offered": _l("Offered"),
    "proposed": _l("Proposed"),
    "booked": _l("Booked"),
    "held": _l("Held"),
    "missed": _l("Missed"),
    "cancelled": _l("Cancelled"),
}
SESSION_COLOURS = {
    "offered": "purple",
    "proposed": "yellow",
    "booked": "",
    "held": "green",
    "missed": "red",
    "cancelled": "grey",
}
SIDES = {"host": _l("The mentor or the partner did not come"), "startup": _l("The startup did not come")}
DAY_STATES = {"draft": _l("Draft"), "published": _l("Announced"), "held": _l("Held"), "cancelled": _l("Cancelled")}
PLACE_STATES = {
    "invited": _l("Invited"),
    "registered": _l("Registered"),
    "waiting": _l("On the waiting list"),
    "cancelled": _l("Cancelled"),
}
NEEDS = {
    "step_free": _l("A way without steps"),
    "sign_language": _l("British Sign Language interpreting"),
    "hearing_loop": _l("A seat with a hearing loop"),
    "captions": _l("Live captions"),
    "quiet_seat": _l("A seat in a quiet place"),
    "carer": _l("A seat for somebody who supports me"),
}
OUTCOME_STATES = {
    "planned": _l("Not asked yet"),
    "asked": _l("Asked"),
    "overdue": _l("Overdue"),
    "answered": _l("Answered"),
    "published": _l("Published"),
    "closed": _l("Closed without an answer"),
}
OUTCOME_COLOURS = {
    "planned": "grey",
    "asked": "",
    "overdue": "red",
    "answered": "yellow",
    "published": "green",
    "closed": "grey",
}
USES = {"yes": _l("Yes, it is in use"), "partly": _l("In parts"), "no": _l("No")}

support_words = SimpleNamespace(
    topics=TOPICS,
    who=WHO,
    actions=ACTION_STATES,
    action_colours=ACTION_COLOURS,
    action_verbs=ACTION_VERBS,
    mentors=MENTOR_STATES,
    mentor_colours=MENTOR_COLOURS,
    pairs=PAIR_STATES,
    pair_colours=PAIR_COLOURS,
    ways=WAYS,
    reasons=REASONS,
    sessions=SESSION_STATES,
    session_colours=SESSION_COLOURS,
    sides=SIDES,
    days=DAY_STATES,
    places=PLACE_STATES,
    needs=NEEDS,
    outcomes=OUTCOME_STATES,
    outcome_colours=OUTCOME_COLOURS,
    uses=USES,
    money=Money,
)
"""The same for templates."""


def language_names(codes: list[str]) -> str:
    """Languages by their own names, one after the other."""
    return ", ".join(LANGUAGES[code].name for code in codes if code in LANGUAGES)
