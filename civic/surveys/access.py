"""Who may do what with surveys."""

from datetime import datetime
from typing import Any

from civic.accounts.access import has_role
from civic.core import clock
from civic.core.person import maybe_me
from civic.surveys.models.survey import Survey

is_researcher = has_role("researcher")


def may_build_surveys() -> bool:
    """Researchers build, launch, close and publish surveys."""
    return maybe_me() is not None and is_researcher()


def may_build(*surveys: object) -> bool:
    """Any researcher may work on any survey; every act says who did it."""
    return may_build_surveys()


def may_know_of(survey: Survey) -> bool:
    """Everyone may know of a survey once it has been launched; before and after, only those who build."""
    return survey.is_public or may_build_surveys()


# Taking part and results: below this line.


def reaches_level_of(survey: Survey) -> bool:
    """Whether enough is known of the person to answer: nothing, a confirmed e-mail address, or their borough."""
    return knows_enough_of(maybe_me(), survey)


def knows_enough_of(person: Any, survey: Survey) -> bool:
    """The same of anybody, for whom a member of staff may be typing."""
    if survey.who_may_answer == "nothing":
        return True
    if person is None or person.email_confirmed_at is None:
        return False
    return survey.who_may_answer == "email_confirmed" or person.borough is not None


def may_see_results(survey: Survey, now: datetime | None = None) -> bool:
    """Researchers always; everyone once they are published and nobody can answer any more, so that two looks cannot be
    compared to find the answer that came between them."""
    is_over = survey.is_public and survey.has_ended(now or clock.now())
    return (is_over and survey.results_published_at is not None) or may_build_surveys()


def may_export_responses(*surveys: Survey) -> bool:
    """Single responses leave the house with researchers only, and every time is on record."""
    return may_build_surveys()
