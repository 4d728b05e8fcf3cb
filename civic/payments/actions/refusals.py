"""Why money is not moved: sentences for the finance officer who asked."""

from flask_babel import lazy_gettext as _l

from civic.core.errors import Conflict, Forbidden
from civic.core.i18n import money_text
from civic.core.money import Money


class NeedsSomebodyElse(Forbidden):
    """Four eyes: nobody approves what they asked for themselves."""

    sentence = _l("You asked for this yourself. Another finance officer must decide.")


class IsTheirOwn(Forbidden):
    """Nobody decides about money that comes to themselves or to an organisation of theirs."""

    sentence = _l("This money would come to you or to an organisation of yours. Another finance officer must decide.")


class NothingTaken(Conflict):
    """A charge that took no money has none to give back."""

    sentence = _l("No money was taken with this charge, so none can be given back.")


class TooMuchToRefund(Conflict):
    """Refunds of a charge never sum to more than it took."""

    field = "amount"

    def __init__(self, left: Money):
        super().__init__(_l("At most %(left)s of this charge can still be given back.", left=money_text(left)))


class UnderDispute(Conflict):
    """The bank has taken the money back, or is asking for it."""

    sentence = _l("The backer’s bank disputes this charge. It cannot be refunded as well.")


class AskedAlready(Conflict):
    """The same request by the same person is still waiting: a button pressed twice."""

    sentence = _l("You have asked for this refund already. It waits for another finance officer.")


class NoPayee(Conflict):
    """The organisation has no account at the provider that may receive money."""

    sentence = _l(
        "The organisation has not finished its registration with our payment partner, so it cannot be paid yet."
    )


class NotOwed(Conflict):
    """An organisation is never sent more than the books owe it."""

    field = "amount"

    def __init__(self, most: Money):
        super().__init__(_l("At most %(most)s can be paid out now.", most=money_text(most)))
