"""What is kept about people in assessments; printed as the privacy notice."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.assessment.models import AgreedScore, Assessor, Assignment, Declaration, Meeting, Panel, Score, ScoreDraft
from civic.core.manifest import PersonalData

BASIS = _l("Public task")
KEEP = _l("Six years after the panel closed, with the decisions it was for")
FAIR = _l("So that public money is given fairly, and it can be shown how")


def _sent_by(person_id: int) -> Any:
    return Score.assignment_id.in_(select(Assignment.id).where(Assignment.user_id == person_id))


def _drafted_by(person_id: int) -> Any:
    return ScoreDraft.assignment_id.in_(select(Assignment.id).where(Assignment.user_id == person_id))


CARDS = [
    PersonalData(
        Declaration,
        person="user_id",
        title=_l("Interests you declared as a member of staff"),
        fields=_l("In what, whether you have an interest, your words and when"),
        purpose=_l("So that nobody judges or decides where they have an interest"),
        basis=BASIS,
        keep=KEEP,
    ),
    PersonalData(
        Declaration,
        person="lifted_by_id",
        title=_l("Interests of colleagues that you lifted"),
        fields=_l("Whose, in what, why and when"),
        purpose=_l("So that nobody judges or decides where they have an interest"),
        basis=BASIS,
        keep=KEEP,
    ),
    PersonalData(
        Assessor,
        person="user_id",
        title=_l("Panels you sit on as an assessor"),
        fields=_l("Which panel, from when to when"),
        purpose=FAIR,
        basis=BASIS,
        keep=_l("As long as your account; what you judged is kept longer"),
    ),
    PersonalData(
        Assignment,
        person="user_id",
        title=_l("What you were asked to assess"),
        fields=_l("What, when, and how far you are"),
        purpose=FAIR,
        basis=BASIS,
        keep=KEEP,
    ),
    PersonalData(
        ScoreDraft,
        person="assignment_id",
        title=_l("Scores you have not sent yet"),
        fields=_l("Each score, and your reason"),
        purpose=_l("So that you can stop and go on later"),
        basis=BASIS,
        keep=_l("Until you send them"),
        whose=_drafted_by,
    ),
    PersonalData(
        Score,
        person="assignment_id",
        title=_l("Scores you gave as an assessor"),
        fields=_l("Each score, your reason and when"),
        purpose=FAIR,
        basis=BASIS,
        keep=KEEP,
        whose=_sent_by,
    ),
    PersonalData(
        AgreedScore,
        person="author_id",
        title=_l("Agreed scores you wrote down after a meeting"),
        fields=_l("Each score, the reason and when"),
        purpose=FAIR,
        basis=BASIS,
        keep=KEEP,
    ),
    PersonalData(
        Meeting,
        person="written_by_id",
        title=_l("Meetings of assessors that you wrote down"),
        fields=_l("When it was, who was there, your notes"),
        purpose=FAIR,
        basis=BASIS,
        keep=KEEP,
    ),
    PersonalData(
        Panel,
        person="created_by_id",
        title=_l("Panels of assessors that you began"),
        fields=_l("Which panel, and when"),
        purpose=FAIR,
        basis=BASIS,
        keep=KEEP,
    ),
    PersonalData(
        Assessor,
        person="added_by_id",
        title=_l("Assessors you put on a panel"),
        fields=_l("Whom, on which panel, and when"),
        purpose=FAIR,
        basis=BASIS,
        keep=KEEP,
    ),
    PersonalData(
        Assignment,
        person="assigned_by_id",
        title=_l("What you asked colleagues to assess"),
        fields=_l("Whom, what and when"),
        purpose=FAIR,
        basis=BASIS,
        keep=KEEP,
    ),
]
