"""What moderation keeps about people; printed as the privacy notice."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import PersonalData
from civic.moderation import models

BASIS = _l("Public task")
FAIR = _l("So that the house rules are kept fairly, and it can be shown how")
SIX_YEARS = _l("Six years; without your name once your account is deleted")

CARDS = [
    PersonalData(
        models.Case,
        "author_id",
        title=_l("What moderators looked at of your words"),
        fields=_l("Which text, why it came before moderators, and where that stands"),
        purpose=FAIR,
        basis=BASIS,
        keep=SIX_YEARS,
    ),
    PersonalData(
        models.Report,
        "reporter_id",
        title=_l("What you reported to moderators"),
        fields=_l("Which text, the house rule, your words, when, and what came of it"),
        purpose=_l("So that moderators see what breaks the house rules, and you hear what they decided"),
        basis=BASIS,
        keep=SIX_YEARS,
    ),
    PersonalData(
        models.Decision,
        "by_id",
        title=_l("What you decided as a moderator"),
        fields=_l("About which text, what, why and when"),
        purpose=FAIR,
        basis=BASIS,
        keep=SIX_YEARS,
    ),
    PersonalData(
        models.Appeal,
        "author_id",
        title=_l("Your appeals against moderators’ decisions"),
        fields=_l("Your words, when, what was decided and why"),
        purpose=_l("So that somebody else looks at a decision again"),
        basis=BASIS,
        keep=SIX_YEARS,
    ),
    PersonalData(
        models.Appeal,
        "decided_by_id",
        title=_l("Appeals you decided as a moderator"),
        fields=_l("Which, how, why and when"),
        purpose=FAIR,
        basis=BASIS,
        keep=SIX_YEARS,
    ),
    PersonalData(
        models.Warned,
        "person_id",
        title=_l("Warnings that moderators gave you"),
        fields=_l("Why and when"),
        purpose=_l("So that nobody is suspended out of the blue"),
        basis=BASIS,
        keep=_l("As long as your account"),
    ),
    PersonalData(
        models.Suspension,
        "person_id",
        title=_l("Times in which you may not publish"),
        fields=_l("From when to when, why, and whether it was lifted"),
        purpose=_l("To protect others who take part"),
        basis=BASIS,
        keep=_l("As long as your account"),
    ),
    PersonalData(
        models.StaffNote,
        "person_id",
        title=_l("Notes of moderators about you"),
        fields=_l("What a moderator wrote for the others, and when"),
        purpose=_l("So that moderators treat people alike, whoever is on duty"),
        basis=BASIS,
        keep=_l("As long as your account"),
    ),
    PersonalData(
        models.StaffNote,
        "by_id",
        title=_l("Notes you wrote as a moderator"),
        fields=_l("What you wrote, about what, and when"),
        purpose=FAIR,
        basis=BASIS,
        keep=SIX_YEARS,
    ),
    PersonalData(
        models.ScreenedText,
        "person_id",
        title=_l("Copies of what you published lately"),
        fields=_l("Your words as you posted and changed them, and when"),
        purpose=_l("To notice floods and copies, and so that moderators see what a text said before it was changed"),
        basis=BASIS,
        keep=_l("30 days; as long as the case where there is one"),
    ),
    PersonalData(
        models.ElectionPeriod,
        "by_id",
        title=_l("Election periods you set as a member of staff"),
        fields=_l("From when to when, why, and when you set it"),
        purpose=FAIR,
        basis=BASIS,
        keep=SIX_YEARS,
    ),
]
