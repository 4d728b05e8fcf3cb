"""What pledges hold about people: the cards that the privacy notice prints."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.core.manifest import PersonalData
from civic.crowdfund.models import GiftAidDeclaration, OfflinePledge, Pledge, PledgeConsent


def _pledges_of(person_id: int) -> Any:
    return select(Pledge.id).where(Pledge.user_id == person_id)


CARDS = [
    PersonalData(
        Pledge,
        person="user_id",
        title=_l("Your pledges"),
        fields=_l(
            "The campaign, the amount and tip, your email address and language, the name and message you want shown, and what came of it"
        ),
        purpose=_l(
            "To keep a record of your promise, to charge your card once if the campaign reaches its target, and to tell you about it"
        ),
        basis=_l("Contract"),
        keep=_l(
            "Amounts and dates are kept for six years, for the accounts; your name, message and address until your account is deleted"
        ),
    ),
    PersonalData(
        PledgeConsent,
        person="pledge_id",
        whose=lambda person_id: PledgeConsent.pledge_id.in_(_pledges_of(person_id)),
        title=_l("What you agreed to when you pledged"),
        fields=_l("The words you agreed to, when, and the internet address and browser you agreed from"),
        purpose=_l("As evidence for your bank, should a payment be disputed"),
        basis=_l("Legitimate interests"),
        keep=_l(
            "The words are kept for six years; the internet address and browser until 18 months after the campaign’s end"
        ),
    ),
    PersonalData(
        GiftAidDeclaration,
        person="pledge_id",
        whose=lambda person_id: GiftAidDeclaration.pledge_id.in_(_pledges_of(person_id)),
        title=_l("Your Gift Aid declarations"),
        fields=_l("Your name, home address and postcode, kept encrypted, and to which charity you declared"),
        purpose=_l("So that the charity can claim Gift Aid on what you gave"),
        basis=_l("Legal obligation"),
        keep=_l(
            "Six years after the charity’s claim; deleted at once where nothing is taken or you cancel before a claim"
        ),
    ),
    PersonalData(
        OfflinePledge,
        person="recorded_by_id",
        title=_l("Cash and cheques that you recorded as staff"),
        fields=_l("That you recorded or confirmed a gift that reached a campaign by cash, cheque or transfer"),
        purpose=_l("So that two people answer for every sum that counts"),
        basis=_l("Public task"),
        keep=_l("Six years"),
    ),
]
