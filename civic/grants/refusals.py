"""Every expected no about public money, as a sentence."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.errors import CivicError, Conflict, Forbidden
from civic.core.money import Money


class NotEnough(Conflict):
    """The pot or fund holds less of this kind of money."""

    SENTENCES = {
        "capital": _l("There is not enough capital left for that. Nothing was changed."),
        "revenue": _l("There is not enough revenue left for that. Nothing was changed."),
    }

    def __init__(self, spending: str):
        super().__init__(self.SENTENCES[spending], field=spending)


class NotAnAmount(CivicError):
    """An award of nothing, or a change that changes nothing."""

    sentence, status, field = _l("Enter an amount for capital, for revenue or for both."), 422, "capital"


class NeedsSomebodyElse(Forbidden):
    """Four eyes."""

    SENTENCES: dict[str, Any] = {
        "recommended": _l("You recommended this yourself, so somebody else must decide."),
        "assessed": _l("You assessed this, so somebody else must decide."),
        "consulted": _l("You were consulted on this, so somebody else must decide."),
        "approved": _l("You decided about this award, so somebody else must pay."),
        "instructed": _l("You gave the instruction to pay, so somebody else must pay."),
        "proposed": _l("You proposed this yourself, so somebody else must book it."),
        "asked": _l("You asked for this repayment yourself, so somebody else must approve it."),
        "repaid": _l("You approved this repayment, so somebody else must record that it came."),
        "signed": _l("You signed for the recipient, so somebody else must sign for the authority."),
        "paid": _l("You recorded this payment, so the recipient must confirm it."),
    }

    def __init__(self, why: str):
        super().__init__(self.SENTENCES[why])


class OutOfSight(Forbidden):
    """Whoever is refused so sees nothing of it either."""

    hides = True


class IsTheirOwn(OutOfSight):
    """Nobody acts for the authority on what they ask for themselves."""

    sentence = _l("You stand behind this application yourself, so you cannot act on it for the authority.")


class HasInterest(OutOfSight):
    """A declared interest takes somebody out of it."""

    sentence = _l("You declared an interest in this, so you cannot act on it.")


class NotConsulted(Conflict):
    """Consultees have not said enough yet."""

    sentence = _l("Not enough consultees have given their view yet.")


class NoDelegation(Forbidden):
    """An approver without a grade decides nothing."""

    sentence = _l("No grade of delegated authority was given to you, so you cannot decide. Ask an administrator.")


class BeyondLimit(Forbidden):
    """More than the approver's grade may decide about."""

    def __init__(self, limit: Money, needed: str | None):
        from civic.core.i18n import money_text

        if needed:
            sentence = _l(
                "Your limit is %(limit)s for one award. This needs: %(grade)s.", limit=money_text(limit), grade=needed
            )
        else:
            sentence = _l("Your limit is %(limit)s for one award.", limit=money_text(limit))
        super().__init__(sentence)


class AlreadyRecommended(Conflict):
    """One open recommendation for an award at a time."""

    sentence = _l("There is a recommendation already. It must be decided first.")


class AlreadyAwarded(Conflict):
    """One award for a thing."""

    sentence = _l("This has an award already. Recommend a change of that one.")


class LessThanPaid(Conflict):
    """An award never becomes less than what was paid or instructed."""

    sentence, field = _l("That is less than what was already paid or is being paid."), "capital"


class NotPlanned(Conflict):
    """Instalments must add up to what the agreement promises."""

    sentence = _l("The instalments do not add up to the award. Plan them first.")


class TooMuchBack(Conflict):
    """Nobody gives back more than they got."""

    sentence, field = _l("That is more than was paid and has not gone back yet."), "capital"


class StillOpen(Conflict):
    """An award is complete once all is paid, reported and published."""

    sentence = _l("Not everything is done: instalments, reports or the published outcome are missing.")


class FundClosed(Conflict):
    """A closed fund promises nothing new."""

    sentence = _l("This fund is closed. Reopen it before you promise more of its money.")


class ViewsAwaited(Conflict):
    """How many views are needed does not change while somebody waits for them."""

    sentence = _l("A recommendation waits for views or a decision. Change this number once it is decided.")
    field = "consultees"


class Expired(Conflict):
    """An offer that has run out."""

    sentence = _l("This offer has expired.")
