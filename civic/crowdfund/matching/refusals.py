"""Every expected no about schemes of match funding, as a sentence."""

from flask_babel import lazy_gettext as _l

from civic.core.errors import CivicError, Conflict
from civic.grants.refusals import IsTheirOwn, NeedsSomebodyElse


class NotADraft(Conflict):
    """What was promised to backers stays as it is."""

    sentence = _l("This scheme is no longer a draft, so it cannot be changed. Nothing was saved.")


class Impossible(CivicError):
    """A formula that could never work; `faults` names fields and codes."""

    sentence, status = _l("With these numbers the rule cannot work. See what is said at the fields."), 422

    def __init__(self, faults: list[tuple[str, str]]):
        super().__init__()
        self.faults = faults


class NobodyPays(Conflict):
    """A scheme needs somebody who pays."""

    sentence = _l("Say who pays, and how much at most.")


class NotOpen(Conflict):
    """Only a campaign that takes pledges joins."""

    sentence, field = _l("Only campaigns that take pledges now can join."), "campaign"


class JoinedAlready(Conflict):
    """Once is enough, and who left does not come back."""

    sentence, field = _l("This campaign is or was in the scheme already."), "campaign"


class ProposedIt(NeedsSomebodyElse):
    """Four eyes."""

    SENTENCE = _l("You proposed this scheme yourself, so somebody else must approve it.")

    def __init__(self) -> None:
        CivicError.__init__(self, self.SENTENCE)


class StandsBehind(IsTheirOwn):
    """Nobody acts for the authority on a campaign of their own."""

    sentence = _l("You stand behind a campaign that this is about, so you cannot act on it for the authority.")


class GiftGone(Conflict):
    """It was cancelled or given back, or its campaign left the scheme."""

    sentence = _l("This gift no longer stands in the scheme, so there is nothing to decide.")


class HasClosed(Conflict):
    """What a campaign was matched with at its close was decided with it."""

    sentence = _l(
        "The campaign has closed, so what it gets from the scheme stands. "
        "If not all of it should be paid, its award can be changed by a decision."
    )
