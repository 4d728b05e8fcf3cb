"""How the challenge says no."""

from flask_babel import lazy_gettext as _l

from civic.core.errors import CivicError


class CannotSupport(CivicError):
    """Out of sight, or decided."""

    sentence, status = _l("This problem can no longer be supported."), 409


class OwnProblem(CivicError):
    """Nobody counts for themselves."""

    sentence, status = _l("You proposed this problem yourself. Others may support it."), 409


class SupportedAlready(CivicError):
    """What others support stays what they supported."""

    sentence = _l("Others support this problem already, or it was decided, so its words stay as they are.")
    status = 409


class ReasonMissing(CivicError):
    """Whoever proposed a problem is owed a reason."""

    sentence, status, field = _l("Say why, so that everybody can read it."), 422, "reason"


class RoleMissing(CivicError):
    """Staff speak by name and office."""

    sentence, status, field = _l("Say in which role you speak, such as “Head of Cycling”."), 422, "as_role"


class CannotMerge(CivicError):
    """The other problem is not there, is this one, or was decided."""

    sentence = _l("Enter the number of another problem that is open.")
    status, field = 422, "into"


class ChallengeMissing(CivicError):
    """A problem is taken up by a challenge."""

    sentence, status, field = _l("Choose the challenge that takes it up."), 422, "challenge"


class SlugTaken(CivicError):
    """Another one has this address."""

    sentence, status, field = _l("This address is taken already. Choose a different one."), 422, "slug"


class ClosingTooEarly(CivicError):
    """Nobody could say anything."""

    sentence, status, field = _l("Choose a moment in the future, so that people can comment."), 422, "comments_close_at"


class CommentsClosed(CivicError):
    """The closing minute has passed."""

    sentence, status, field = _l("Comments on this brief have closed."), 409, "text"


class BriefIsFinal(CivicError):
    """Startups rely on it."""

    sentence, status = _l("This brief is final: nothing in it changes any more."), 409


class WhatChangedMissing(CivicError):
    """Those who commented read what came of it."""

    sentence, status, field = _l("Say what you changed and why: everybody can read it."), 422, "what_changed"


class WeightsOff(CivicError):
    """A hundred is a whole."""

    sentence, status, field = _l("The weights of the criteria must add up to exactly 100."), 422, "weight1"


class OwnBrief(CivicError):
    """Four eyes."""

    sentence, status = _l("You wrote on this brief, so somebody else has to publish it."), 409


class BriefUnfinished(CivicError):
    """Something is missing; the sentence says what."""

    status = 409


class NoSuchPerson(CivicError):
    """Nobody with a confirmed account has this address."""

    sentence = _l(
        "Nobody has an account with this address, or the address is not confirmed yet. They must sign up first."
    )
    status, field = 422, "email"
