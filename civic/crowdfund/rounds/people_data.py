"""What is kept about people in rounds and applications; printed as the privacy notice."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import PersonalData
from civic.crowdfund.rounds.models import Application, Expression, Round

KEEP = _l("Six years after the round was closed; drafts that were never sent, one year")
PUBLIC_TASK = _l("Public task")

_ROWS = (
    (Round, "created_by_id", _l("Rounds you began as a member of staff"), _l("Which round, and when")),
    (
        Expression,
        "person_id",
        _l("Expressions of interest you sent for yourself"),
        _l("Your idea, your answers, our answer and when"),
    ),
    (Expression, "started_by_id", _l("Expressions of interest you began"), _l("Which one, and when")),
    (Expression, "edited_by_id", _l("Expressions of interest you edited last"), _l("Which one, and when")),
    (
        Expression,
        "answered_by_id",
        _l("Expressions of interest you answered as a member of staff"),
        _l("Which one, your answer and when"),
    ),
    (
        Application,
        "person_id",
        _l("Applications you made for yourself"),
        _l("Your project, your answers, your referee’s letter, our answer and when"),
    ),
    (Application, "started_by_id", _l("Applications you began"), _l("Which one, and when")),
    (Application, "edited_by_id", _l("Applications you edited last"), _l("Which one, and when")),
    (Application, "submitted_by_id", _l("Applications you sent"), _l("Which one, and when")),
    (
        Application,
        "feedback_by_id",
        _l("Applications you answered as a member of staff"),
        _l("Which one, your answer and when"),
    ),
)
CARDS = [
    PersonalData(
        model,
        person,
        title=title,
        fields=fields,
        purpose=_l("To decide fairly about public money, and to tell everybody how it was decided"),
        basis=PUBLIC_TASK,
        keep=KEEP,
    )
    for model, person, title, fields in _ROWS
]
