"""What support keeps about people: the cards that the privacy notice prints."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.challenge.support import models
from civic.core.manifest import PersonalData

TASK, CONSENT = _l("Public task"), _l("Consent")
KEEP = _l("Six years after the programme has ended")
SO_THAT = _l("To help startups on their way, and to show what came of public money")
STAFF = _l("Which one, and when")

# What staff or a startup did is told to those who did it; what stands there about others is not.
_ROWS = (
    (
        models.SupportPlan,
        "edited_by_id",
        _l("Support plans that you edited last"),
        ("id", "application_id", "edited_at"),
    ),
    (models.PlanEdition, "by_id", _l("Editions of support plans that you wrote"), ("id", "plan_id", "number", "at")),
    (
        models.PlanAction,
        "created_by_id",
        _l("Actions in support plans that you wrote down"),
        ("id", "what", "language", "who", "due_on", "created_at"),
    ),
    (models.Mentor, "decided_by_id", _l("Mentors about whom you decided as a member of staff"), ("id", "decided_at")),
    (models.Mentoring, "proposed_by_id", _l("Mentors whom you proposed as a member of staff"), ("id", "proposed_at")),
    (
        models.SupportSession,
        "booked_by_id",
        _l("Sessions that you booked for your startup"),
        ("id", "starts_at", "about", "language"),
    ),
    (models.DemoDay, "created_by_id", _l("Demo days that you wrote as a member of staff"), ("id", "created_at")),
    (
        models.ChallengeOutcome,
        "verified_by_id",
        _l("Outcomes that you verified as a member of staff"),
        ("id", "months", "published_at"),
    ),
    (models.OutcomeAnswer, "answered_by_id", _l("What you said came of a test"), ()),
)
CARDS = [
    PersonalData(
        models.Mentor,
        person="person_id",
        title=_l("Your seat as a mentor"),
        fields=_l("What you do and know, your languages, your borough, the hours you offer, and possible conflicts of interest"),
        purpose=_l("To find a mentor who suits a startup; your profile is public, your conflicts of interest are not"),
        basis=CONSENT,
        keep=_l("Until your account is deleted; a year after you were declined or left"),
    ),
    PersonalData(
        models.MentorConflict,
        person="mentor_id",
        title=_l("Startups that you may not help as a mentor"),
        fields=_l("Which, and since when"),
        purpose=_l("So that nobody is helped by somebody with an interest of their own"),
        basis=TASK,
        keep=_l("As long as you are a mentor"),
        whose=lambda number: models.MentorConflict.mentor_id.in_(
            select(models.Mentor.id).where(models.Mentor.person_id == number)
        ),
    ),
    PersonalData(
        models.SupportSession,
        person="host_id",
        title=_l("Sessions with startups, as a mentor or for a partner"),
        fields=_l("When and where, who was there, what was agreed, and how long it took"),
        purpose=_l("So that both know what was agreed, and to count the hours that were given"),
        basis=TASK,
        keep=_l("What was written is erased two years after the session; the hours stay, nameless once your account is deleted"),
    ),
    PersonalData(
        models.DemoRegistration,
        person="person_id",
        title=_l("Your places at demo days"),
        fields=_l("Whether you come, and what you need so that you can take part"),
        purpose=_l("So that everybody gets in, sees, hears and understands"),
        basis=CONSENT,
        keep=_l("What you need is erased thirty days after the day, your registration a year after it"),
    ),
    *(
        PersonalData(model, person, title=title, fields=STAFF, purpose=SO_THAT, basis=TASK, keep=KEEP, only=only)
        for model, person, title, only in _ROWS
    ),
]  # fmt: skip
