"""Every expected no about test grants, as a sentence."""

from flask_babel import lazy_gettext as _l

from civic.challenge.testing.rules.subsidy import CEILING, Check
from civic.core.errors import CivicError, Conflict, Forbidden
from civic.core.i18n import format_date, money_text


class NotMatched(Conflict):
    """A test grant is for a startup that was matched."""

    sentence = _l("This application is not matched, so no test grant can be recommended for it.")


class AlreadyOffered(Conflict):
    """One grant for each match."""

    sentence = _l("A test grant was recommended for this application already.")


class NoPot(Conflict):
    """Nothing is set aside for the programme."""

    sentence = _l("No money is set aside for this programme yet. Set some aside first.")


class NotDeclared(Conflict):
    """Section 37(3): first the enterprise confirms in writing."""

    sentence = _l(
        "The startup has not confirmed yet that it stays within the ceiling for minimal financial assistance. "
        "The law wants that before anything is given."
    )


class BeyondCeiling(Conflict):
    """Section 36(1)."""

    def __init__(self, check: Check):
        super().__init__(
            _l(
                "Together with what the startup was given since %(since)s this would be %(sum)s. "
                "The ceiling for minimal financial assistance is %(ceiling)s.",
                since=format_date(check.since),
                sum=money_text(check.together),
                ceiling=money_text(CEILING),
            )
        )


class MoreThanNotified(Conflict):
    """Section 37(2)(b): the notification names the gross amount."""

    sentence = _l("The subsidy notification names a smaller sum, so the award cannot become larger than that.")


class GrantStays(Conflict):
    """What milestones and budget add up to does not change under them."""

    sentence = _l("The grant of a running test does not change. Change its milestones or its budget, or stop it.")


class DoesNotAddUp(CivicError):
    """Milestones and budget are each exactly the grant."""

    sentence, status = _l("The rows must add up to the grant, to the penny."), 422


class NotInOrder(CivicError):
    """A plan goes forward."""

    sentence, status = _l("A milestone cannot be due before the one above it."), 422


class InThePast(CivicError):
    """Nothing is promised for yesterday."""

    sentence, status = _l("A milestone cannot be due in the past."), 422


class NotPlannedYet(Conflict):
    """An agreement needs both plans."""

    sentence = _l("Plan the milestones and the budget first: each must add up to the grant.")


class PlanDiffers(Conflict):
    """What would be signed is not what was planned."""

    sentence = _l(
        "The instalments are not those of the milestones. Write the agreement from the page of the test, so that they are the same."
    )


class PlanIsFixed(Conflict):
    """From the offer of the agreement on a plan changes only by a change."""

    sentence = _l("The plan is fixed by the agreement. Ask for a change instead.")


class PartnerSignsOff(Conflict):
    """Nothing is claimed or paid that the partner has not signed off."""

    sentence = _l("The partner must sign this milestone off first.")


class SignedItOff(Forbidden):
    """Four eyes."""

    sentence = _l("You signed this milestone off for the partner, so somebody else must give the instruction to pay.")


class BothSides(Forbidden):
    """Nobody judges their own evidence, and nobody speaks for two sides."""

    sentence = _l("You belong to the startup too, so somebody else must do this for the partner.")


class SpeaksAlready(Forbidden):
    """One person, one side."""

    sentence = _l("You have spoken for another side already, so somebody else must agree for this one.")


class ChangeInSigning(Conflict):
    """While the plan is about to change nothing is judged by the old one."""

    sentence = _l("A change of the milestones is being signed. Hand this in once it is in force.")


class SomethingIsHandedIn(Conflict):
    """What is being judged does not change meanwhile."""

    sentence = _l(
        "A milestone waits for the partner or is about to be paid. Change the others once it is signed off and paid."
    )


class OneChangeAtATime(Conflict):
    """An open request must be settled first."""

    sentence = _l("There is an open request for a change already. It must be settled first.")


class ReportByLines(Conflict):
    """Spending is told by budget lines."""

    sentence = _l("Report on the page of the test, where spending is told by budget lines.")


class ChangeNeeded(Conflict):
    """More than a tenth over a line needs a change."""

    sentence = _l(
        "A line is more than ten per cent over its budget. Ask for a change of the budget first, then send the report."
    )


class NothingUnspent(Conflict):
    """There is nothing to ask back."""

    sentence = _l("Everything that was paid is spent or asked back already.")


class OnlyAnOwner(Forbidden):
    """Members write, owners bind."""

    sentence = _l("Only an owner of the organisation may do this. Ask one of them.")
