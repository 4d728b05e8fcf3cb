"""What the challenge keeps about people: the cards that the privacy notice prints."""

from flask_babel import lazy_gettext as _l

from civic.challenge import models
from civic.core.manifest import PersonalData

TASK = _l("Public task")
NAMELESS = _l("As long as the challenge is kept; without your name once your account is deleted")

CARDS = [
    PersonalData(
        models.Problem,
        person="author_id",
        title=_l("Problems you proposed"),
        fields=_l("What is wrong, for whom and where, in which language, and when"),
        purpose=_l("So that Londoners can say what should be solved"),
        basis=TASK,
        keep=NAMELESS,
    ),
    PersonalData(
        models.ProblemSupport,
        person="person_id",
        title=_l("Problems you support"),
        fields=_l("Which, and since when; others see only how many people support it"),
        purpose=_l("To count each person once"),
        basis=TASK,
        keep=_l("Until you take it back; after your account is deleted it counts on and is nobody’s"),
    ),
    PersonalData(
        models.BriefRemark,
        person="author_id",
        title=_l("Your comments on challenges’ briefs"),
        fields=_l("What you wrote, in which language, and when"),
        purpose=_l("So that residents can shape a challenge before it is final"),
        basis=TASK,
        keep=NAMELESS,
    ),
    PersonalData(
        models.BriefWriter,
        person="person_id",
        title=_l("Briefs on which you wrote as a member of staff"),
        fields=_l("Which"),
        purpose=_l("So that somebody else publishes them"),
        basis=TASK,
        keep=_l("Until your account is deleted"),
    ),
    PersonalData(
        models.Challenge,
        person="author_id",
        title=_l("Challenges that you wrote as a member of staff"),
        fields=_l("That you wrote it last, and when it was begun"),
        purpose=_l("To know who answers for a challenge"),
        basis=TASK,
        keep=NAMELESS,
    ),
    PersonalData(
        models.Programme,
        person="created_by_id",
        title=_l("Programmes that you made as a member of staff"),
        fields=_l("That you made it, and when"),
        purpose=_l("To know who answers for a programme"),
        basis=TASK,
        keep=NAMELESS,
    ),
    PersonalData(
        models.Partner,
        person="created_by_id",
        title=_l("Partners that you wrote down as a member of staff"),
        fields=_l("That you wrote it down, and when"),
        purpose=_l("To know who answers for what is said of a partner"),
        basis=TASK,
        keep=NAMELESS,
    ),
    PersonalData(
        models.PartnerMember,
        person="person_id",
        title=_l("Partners of the challenge for which you act"),
        fields=_l("Which, in which office, and since when"),
        purpose=_l("So that the right people rank startups and sign their milestones off"),
        basis=TASK,
        keep=_l("Until you no longer act for the partner, or your account is deleted"),
    ),
    PersonalData(
        models.PartnerMember,
        person="added_by_id",
        title=_l("People whom you wrote down for a partner as a member of staff"),
        fields=_l("Whom, for which partner, and when"),
        purpose=_l("To know who gave whom a seat"),
        basis=TASK,
        keep=NAMELESS,
    ),
]
