"""Who may do what with surveys."""

from civic.accounts.access import has_role
from civic.core.person import maybe_me
from civic.surveys.models.survey import Survey

is_researcher = has_role("researcher")


def may_build_surveys() -> bool:
    """Researchers build, launch, close and publish surveys."""
    return maybe_me() is not None and is_researcher()


def may_build(survey: object) -> bool:
    """Any researcher may work on any survey; every act says who did it."""
    return may_build_surveys()


def may_know_of(survey: Survey) -> bool:
    """Everyone may know of a survey once it has been launched; before and after, only those who build."""
    return survey.is_public or may_build_surveys()


# Taking part and results: below this line.
