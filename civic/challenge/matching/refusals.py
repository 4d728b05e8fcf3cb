"""How matching says no."""

from flask_babel import lazy_gettext as _l

from civic.core.errors import CivicError


class RankingClosed(CivicError):
    """The closing second has passed, or it has not begun."""

    sentence, status = _l("Lists can no longer be changed."), 409


class NotOffered(CivicError):
    """Only the shortlist can be ranked, and nobody twice."""

    sentence, status = _l("The shortlist has changed since the page was opened. Look at it again."), 409


class ConflictOfInterest(CivicError):
    """Nobody stands on both sides."""

    sentence = _l(
        "You act for a startup that applied in this call, so somebody else of your organisation has to do this."
    )
    status = 403


class HasAStake(CivicError):
    """Staff who act for a side decide nothing."""

    sentence, status = _l("You act for a startup or a partner of this call, so somebody else has to do this."), 403


class RankingStillOpen(CivicError):
    """Until then nobody knows who ranks whom."""

    sentence, status = (
        _l("Startups and partners can still change their lists. Nobody sees them before they close."),
        409,
    )


class ClosingInThePast(CivicError):
    """Nobody could rank anything."""

    sentence, status, field = _l("Choose a moment in the future."), 422, "ranks_close_at"


class WhyMissing(CivicError):
    """What is decided otherwise is explained."""

    sentence, status, field = _l("Say why. It stays on record."), 422, "why"


class NothingToMatch(CivicError):
    """Nobody is left, or no place is free."""

    sentence, status = _l("There is nobody to match, or no place is free."), 409


class InputsChanged(CivicError):
    """A startup withdrew, or places changed, since it was computed."""

    sentence = _l("Something changed since this match was computed: a startup, a place or a list. Match again.")
    status = 409


class OverridesWaiting(CivicError):
    """Each of them is decided first."""

    sentence, status = _l("Somebody has to decide about each override first."), 409


class TooFull(CivicError):
    """An override does not make a place."""

    sentence = _l("With these overrides a challenge has more startups than places. Free a place first.")
    status = 409


class NotAccepted(CivicError):
    """Nobody is matched against their word."""

    sentence = _l("One of the two did not rank the other. Nobody is matched with somebody whom they did not accept.")
    status, field = 422, "application"


class NothingOverridden(CivicError):
    """It is so already."""

    sentence, status, field = _l("That is how it is already."), 422, "kind"


class OwnProposal(CivicError):
    """Four eyes."""

    sentence, status = _l("You proposed this yourself, so somebody else has to decide."), 409
