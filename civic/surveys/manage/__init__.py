"""What staff see of surveys: the builder, the checklist, the life of a survey."""

from civic.core.web import room

bp = room("manage_surveys", __name__, "/staff/surveys")

from civic.surveys.manage import (  # noqa: E402, F401 - they fill the room
    conditions,
    life,
    preview,
    questions,
    sections,
    surveys,
    translations,
)
