"""A beginning for the words to whoever is not shortlisted: what the assessors found weakest, as the criteria say it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from civic.assessment import queries as assessment
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.names import panel_owner
from civic.core.i18n import LANGUAGES, speaking

MOST = 3
"""So many points are named: more would bury what matters."""


def language_for(application: ChallengeApplication) -> str:
    """The language in which they wrote, where the house speaks it."""
    return application.language if application.language in LANGUAGES else "en"


def proposal(application: ChallengeApplication) -> str:
    """The beginning of an answer, in the language of the application; empty while not all scores are in."""
    result, panel = assessment.result_of(application.name), assessment.panel_of(panel_owner(application.challenge_id))
    if result is None or panel is None:
        return ""
    pairs = weakest(assessment.criteria_of(panel), result.criteria)
    with speaking(language_for(application)):
        return "\n\n".join(_about(criterion, found) for criterion, found in pairs)


def weakest(criteria: Sequence[Any], results: Sequence[Any]) -> list[tuple[Any, Any]]:
    """The criteria in which most was missing, the weakest first; none that got full points."""
    lacking = [pair for pair in zip(criteria, results, strict=True) if pair[1].value < pair[1].scale]
    return sorted(lacking, key=lambda pair: pair[1].value / pair[1].scale)[:MOST]


def _about(criterion: Any, result: Any) -> str:
    found = criterion.anchors.get(str(int(result.value)), "")
    best = criterion.anchors.get(str(result.scale), "")
    lines = [criterion.title]
    if found:
        lines.append(_("What the assessors found: %(found)s", found=found))
    if best:
        lines.append(_("What would have been strongest: %(best)s", best=best))
    if not found and not best:
        lines.append(_("This part could have been stronger."))
    return "\n".join(lines)
