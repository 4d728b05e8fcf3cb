"""What is kept about people in calls, startups and applications: the cards that the privacy notice prints."""

from flask_babel import lazy_gettext as _l

from civic.challenge.applying.models import Call, ChallengeApplication, Interview, Interviewer, Startup
from civic.core.manifest import PersonalData

KEEP = _l("Six years after the programme has ended; drafts that were never sent, one year")

WHICH = _l("Which one, and when")

# What a startup wrote is its own, and what became of it is told to all at once: a card holds no more than what a person did.
_ROWS = (
    (Call, "created_by_id", _l("Calls that you began as a member of staff"), WHICH, ("id", "created_at")),
    (Startup, "created_by_id", _l("Startups that you wrote down"), WHICH, ("id", "created_at")),
    (
        ChallengeApplication,
        "started_by_id",
        _l("Applications to challenges that you began"),
        WHICH,
        ("id", "challenge_id", "created_at"),
    ),
    (
        ChallengeApplication,
        "edited_by_id",
        _l("Applications to challenges that you edited last"),
        WHICH,
        ("id", "challenge_id", "edited_at"),
    ),
    (
        ChallengeApplication,
        "submitted_by_id",
        _l("Applications to challenges that you sent"),
        WHICH,
        ("id", "challenge_id", "submitted_at"),
    ),
    (
        ChallengeApplication,
        "feedback_by_id",
        _l("Applications to challenges that you answered as a member of staff"),
        _l("Which one, your answer and when"),
        ("id", "feedback", "feedback_language", "feedback_at"),
    ),
    (
        Interview,
        "planned_by_id",
        _l("Interviews that you planned as a member of staff"),
        WHICH,
        ("id", "at", "place", "planned_at"),
    ),
    (
        Interview,
        "recorded_by_id",
        _l("Interviews that you wrote down as a member of staff"),
        _l("Which one, your record and when"),
        ("id", "record", "record_language", "recorded_at"),
    ),
    (Interviewer, "person_id", _l("Interviews that you heard as a member of staff"), _l("Which one"), ()),
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
        only=only,
    )
    for model, person, title, fields, only in _ROWS
]
