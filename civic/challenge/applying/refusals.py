"""How applying says no."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from civic.core.errors import CivicError, Conflict, Forbidden


class NotNow(Conflict):
    """Before the opening, or at or after the deadline, to the second."""

    sentence = _l("This call takes no applications now. What you wrote is kept.")


class NotADraft(Conflict):
    """It was sent."""

    sentence = _l("This was sent, so it cannot be changed. Take it back first, if the deadline has not passed.")


class ChangedMeanwhile(Conflict):
    """Somebody else saved the same."""

    sentence = _l(
        "Somebody else saved this while you were writing. What you wrote is still here, and what stands now is shown too. "
        "If you save again, yours replaces it."
    )


class NotComplete(CivicError):
    """Something is missing; `gaps` names it by code."""

    sentence, status = _l("Some things are still missing. The list says which."), 422

    def __init__(self, gaps: Sequence[str]):
        super().__init__()
        self.gaps = list(gaps)


class NotEligible(CivicError):
    """A condition of the call does not hold."""

    sentence, status = _l("A condition of this call is not met. The list says which, and why."), 422


class AppliedAlready(Conflict):
    """One application of a startup for a challenge."""

    sentence = _l("This startup has an application to this challenge already.")


class NotOffered(Conflict):
    """Its brief is not final, or it belongs to another call."""

    sentence = _l("This challenge takes no applications.")


class StartupThere(Conflict):
    """An organisation is one startup."""

    sentence = _l("This organisation has a startup’s page already.")


class CallThere(Conflict):
    """One call for each programme."""

    sentence, field = _l("This programme has a call already."), "programme"


class Fixed(Conflict):
    """Whoever applies relies on it."""

    sentence = _l(
        "The call is open, so this cannot be changed any more; a deadline that has not passed may move later."
    )


class NotReady(CivicError):
    """Something is missing before a call can open; `gaps` names it by code."""

    sentence, status = _l("The call cannot open yet. The list says what is missing."), 422

    def __init__(self, gaps: Sequence[str]):
        super().__init__()
        self.gaps = list(gaps)


class Sealed(Conflict):
    """Nobody reads or judges anything before the deadline."""

    sentence = _l("Applications are sealed until the deadline has passed.")


class NotAssessing(Conflict):
    """The shortlist is public, or the call has not got so far."""

    sentence = _l("This call is not being assessed now, so nothing was changed.")


class NotJudged(Conflict):
    """Not all scores are in."""

    sentence = _l("Not all its scores are in yet, so it cannot be shortlisted.")


class FeedbackMissing(CivicError):
    """Everybody who is not shortlisted is owed an answer."""

    sentence, status, field = _l("Write what would have made it stronger. They read it."), 422, "feedback"


class StillUnanswered(Conflict):
    """Everybody is told at the same time."""

    sentence = _l("Some applications are neither shortlisted nor passed over yet.")


class OwnInterest(Forbidden):
    """Somebody else must do it."""

    sentence = _l("You declared an interest in this or stand behind it, so somebody else must do it.")


class InterviewThere(Conflict):
    """One interview at a time."""

    sentence = _l("This application has an interview already.")


class InThePast(CivicError):
    """Nobody could come."""

    sentence, status, field = _l("Choose a moment in the future."), 422, "at"


class NobodyHears(CivicError):
    """An interview needs somebody who may hear it."""

    sentence, status, field = _l("Choose at least one person who has no interest in this application."), 422, "people"


class NotHeldYet(CivicError):
    """It has not begun."""

    sentence, status, field = _l("The interview has not begun yet. Write its record afterwards."), 422, "record"
