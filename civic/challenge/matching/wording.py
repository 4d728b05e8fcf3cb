"""How lists, matches and their reasons are told."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.challenge.matching.queries.runs import Outcome
from civic.challenge.matching.rules.explaining import Why
from civic.core.i18n import speaking

RANKING_STATES = {"": _l("Not begun"), "draft": _l("Draft, not sent"), "sent": _l("Sent")}
RANKING_COLOURS = {"": "red", "draft": "yellow", "sent": "green"}
RUN_STATES = {
    "draft": _l("Draft"),
    "proposed": _l("Waits for a second person"),
    "published": _l("Published"),
    "discarded": _l("Discarded"),
}
RUN_COLOURS = {"draft": "grey", "proposed": "yellow", "published": "green", "discarded": "grey"}
OVERRIDE_KINDS = {"match": _l("Match them"), "leave": _l("Undo their match")}
OVERRIDE_STATES = {
    "proposed": _l("Waits for a second person"),
    "approved": _l("Approved"),
    "refused": _l("Refused"),
    "withdrawn": _l("Withdrawn"),
}
OVERRIDE_COLOURS = {"proposed": "yellow", "approved": "green", "refused": "red", "withdrawn": "grey"}
TO_STARTUP = {
    "matched": _l("You are matched with this challenge."),
    "filled": _l("Its places went to startups that its partner ranked higher than you."),
    "not_ranked": _l("Its partner did not rank you, so you could not be matched."),
    "closed": _l("It has no places in this match."),
    "not_needed": _l("You have a challenge that you ranked higher."),
    "not_yours": _l("You did not rank it, so you could not be matched with it."),
    "added": _l("You are matched with this challenge because two people decided so, not by the method alone."),
    "taken": _l("The method matched you with it, and two people decided otherwise."),
}
TO_PARTNER = {
    "matched": _l("Matched with your challenge."),
    "elsewhere": _l("It is matched with a challenge that it ranked higher, or it did not rank yours."),
    "filled": _l("Your places went to startups that you ranked higher."),
    "not_theirs": _l("You did not rank it, so it could not be matched with your challenge."),
    "withheld": _l("Your challenge has no places in this match."),
    "added": _l("Matched with your challenge because two people decided so, not by the method alone."),
    "taken": _l("The method matched it with your challenge, and two people decided otherwise."),
}
WHY_COLOURS = {"matched": "green", "added": "green"}

challenge_match_words = SimpleNamespace(
    rankings=RANKING_STATES,
    ranking_colours=RANKING_COLOURS,
    runs=RUN_STATES,
    run_colours=RUN_COLOURS,
    kinds=OVERRIDE_KINDS,
    overrides=OVERRIDE_STATES,
    override_colours=OVERRIDE_COLOURS,
    to_startup=TO_STARTUP,
    to_partner=TO_PARTNER,
)
"""The same for templates."""


def feedback(said: Sequence[Why], challenge: str, outcome: Outcome) -> str:
    """What a startup is told about an application that was left over, in English, as feedback is kept in the language it has."""
    with speaking("en"):
        title = outcome.challenges[challenge].name.text
        why = next(str(TO_STARTUP[each.code]) for each in said if each.name == challenge)
        told = [_("You were on the shortlist for “%(challenge)s” and are not matched with it.", challenge=title), why]
        if got := next((each.name for each in said if each.code in ("matched", "added")), None):
            told.append(_("You are matched with “%(challenge)s”.", challenge=outcome.challenges[got].name.text))
        return " ".join(told)
