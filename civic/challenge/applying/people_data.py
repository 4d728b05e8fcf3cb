"""What is kept about people in calls, startups and applications: the cards that the privacy notice prints."""

from flask_babel import lazy_gettext as _l

from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.core.manifest import PersonalData

KEEP = _l("Six years after the programme has ended; drafts that were never sent, one year")

_ROWS = (
    (Call, "created_by_id", _l("Calls that you began as a member of staff"), _l("Which one, and when")),
    (Startup, "created_by_id", _l("Startups that you wrote down"), _l("Which one, and when")),
    (ChallengeApplication, "started_by_id", _l("Applications to challenges that you began"), _l("Which one, and when")),
    (
        ChallengeApplication,
        "edited_by_id",
        _l("Applications to challenges that you edited last"),
        _l("Which one, and when"),
    ),
    (
        ChallengeApplication,
        "submitted_by_id",
        _l("Applications to challenges that you sent"),
        _l("Which one, and when"),
    ),
    (
        ChallengeApplication,
        "feedback_by_id",
        _l("Applications to challenges that you answered as a member of staff"),
        _l("Which one, your answer and when"),
    ),
)
CARDS = [
    PersonalData(
        model,
        person,
        title=title,
        fields=fields,
        purpose=_l("To decide fairly who tests a solution with public money, and to tell every applicant why"),
        basis=_l("Public task"),
        keep=KEEP,
    )
    for model, person, title, fields in _ROWS
]
