"""What tests keep about people: the cards that the privacy notice prints."""

from flask_babel import lazy_gettext as _l

from civic.challenge.testing import models
from civic.core.manifest import PersonalData

TASK = _l("Public task")
MONEY = _l("As long as records of public money are kept; without your name once your account is deleted")

CARDS = [
    PersonalData(
        models.TestGrant,
        person="created_by_id",
        title=_l("Test grants that you offered as a member of staff"),
        fields=_l("That you offered it, and when"),
        purpose=_l("To know who answers for public money"),
        basis=TASK,
        keep=MONEY,
    ),
    PersonalData(
        models.SubsidyNotice,
        person="declared_by_id",
        title=_l("Confirmations that you gave for a startup under the Subsidy Control Act"),
        fields=_l("Your full name, your position, what was declared, and when"),
        purpose=_l("The law wants the confirmation in writing"),
        basis=_l("Legal obligation"),
        keep=_l(
            "At least three years from the day on which the grant was given, and as long as records of public money are kept"
        ),
    ),
    PersonalData(
        models.Milestone,
        person="handed_in_by_id",
        title=_l("Milestones that you handed in or signed off"),
        fields=_l("What you wrote about the evidence, your role, and when"),
        purpose=_l("To pay for what was reached, and for nothing else"),
        basis=TASK,
        keep=MONEY,
    ),
    PersonalData(
        models.Change,
        person="asked_by_id",
        title=_l("Changes of a test that you asked for"),
        fields=_l("What you asked for and why, in which language, and when"),
        purpose=_l("So that all sides can agree"),
        basis=TASK,
        keep=MONEY,
    ),
    PersonalData(
        models.ChangeYes,
        person="person_id",
        title=_l("Changes of a test to which you agreed"),
        fields=_l("Which, for which side, and when"),
        purpose=_l("So that nobody speaks for two sides"),
        basis=TASK,
        keep=MONEY,
    ),
]
