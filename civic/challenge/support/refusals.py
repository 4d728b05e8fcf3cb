"""How support says no."""

from flask_babel import lazy_gettext as _l

from civic.core.errors import CivicError, Conflict


class NotOnItsWay(CivicError):
    """The startup is no longer in the programme."""

    sentence, status = _l("This startup is no longer on its way in the programme, so nothing new can begin."), 409


class PlanMovedOn(Conflict):
    """Somebody saved another edition meanwhile."""

    sentence = _l(
        "Somebody saved the plan while you were writing. Your words are still here: look at the new edition, then save again."
    )


class DateGone(CivicError):
    """It lies behind us."""

    sentence, status, field = _l("Choose a date that is not over yet."), 422, "due_on"


class TimeGone(CivicError):
    """It lies behind us."""

    sentence, status, field = _l("Choose a time in the future."), 422, "starts_at"


class TimeTaken(CivicError):
    """Nobody is in two places at once."""

    sentence, status, field = (
        _l("One of you has another session at that time. Choose a different one."),
        409,
        "starts_at",
    )


class NotYetOver(CivicError):
    """What has not begun cannot have been held or missed."""

    sentence, status = _l("This session has not begun yet."), 409


class NoHoursLeft(CivicError):
    """A mentor gives what they offered."""

    sentence, status = _l("This mentor has no hours left in the programme."), 409


class NotYourMentor(CivicError):
    """Times are for those whom a mentor helps, or for the partner's own challenge."""

    sentence, status = _l("This time is not offered to this startup."), 409


class CannotHelp(CivicError):
    """Something stands between a mentor and a startup; the sentence says what."""

    status = 409


class NobodyThere(CivicError):
    """No confirmed account with that address."""

    sentence, status, field = _l("No member with a confirmed email address has this address."), 422, "email"


class SeatTaken(CivicError):
    """They are a mentor there, or were asked."""

    sentence, status, field = _l("This person is a mentor in this programme already, or has been asked."), 409, "email"


class OwnOffer(CivicError):
    """Nobody decides about themselves."""

    sentence, status = _l("Somebody else has to decide about your own offer."), 409


class NotAnnounced(CivicError):
    """The programme has not begun, or has ended."""

    sentence, status = _l("This programme takes no mentors now."), 409


class AccessMissing(CivicError):
    """Everybody must know how to get in before they decide to come."""

    sentence = _l(
        "Say where it is, how people get in without steps, whether there is a hearing loop and how to get sign language interpreting."
    )
    status = 409


class RoomTooSmall(CivicError):
    """Nobody loses a place that they have."""

    sentence, status, field = _l("More people than that have a place already."), 422, "capacity"


class RegistrationClosed(CivicError):
    """Too late, or not announced."""

    sentence, status = _l("Registration for this demo day is closed."), 409


class ReasonMissing(CivicError):
    """Somebody is owed a reason."""

    sentence, status, field = _l("Say why."), 422, "why"


class NoAnswerYet(CivicError):
    """Nothing can be taken for an answer."""

    sentence, status = _l("Neither side has answered yet."), 409


class InterestedParty(CivicError):
    """Whoever belongs to one of the sides verifies nothing about it."""

    sentence, status = _l("You belong to one of the sides, so somebody else has to do this."), 409
