"""How discussions say no."""

from flask_babel import lazy_gettext as _l

from civic.core.errors import CivicError


class ThreadLocked(CivicError):
    """The conversation was ended while somebody was writing."""

    sentence, status = _l("This thread no longer takes comments. What you wrote is kept as a draft."), 409


class TopicClosed(CivicError):
    """No new threads here any more."""

    sentence, status = _l("This topic is closed. What you wrote is kept as a draft."), 409


class CannotAnswer(CivicError):
    """What was to be answered is gone."""

    sentence, status = _l("The comment that you are answering can no longer be answered."), 409


class CannotQuote(CivicError):
    """The number quoted is nobody's, or out of sight."""

    sentence, status = _l("The comment that you are quoting is no longer there."), 409
    field = "quotes"


class CannotSupport(CivicError):
    """Out of sight, or withdrawn."""

    sentence, status = _l("This can no longer be supported."), 409


class OwnText(CivicError):
    """Nobody counts for themselves."""

    sentence, status = _l("This is your own text. Others may support it."), 409


class TitleMissing(CivicError):
    """An idea is known by its title."""

    sentence, status, field = _l("Give your idea a title."), 422, "title"


class ReasonMissing(CivicError):
    """Whoever gave an idea is owed a reason."""

    sentence, status, field = _l("Say why, so that everybody can read it."), 422, "reason"


class RoleMissing(CivicError):
    """Staff speak by name and office."""

    sentence, status, field = _l("Say in which role you speak, such as “Head of Cycling”."), 422, "as_role"


class PictureWithoutAlt(CivicError):
    """Somebody may not see it."""

    sentence = _l("Describe each picture in words, for those who cannot see it: ![a description](picture:…).")
    status, field = 422, "text"


class ForeignPicture(CivicError):
    """A picture from elsewhere tells its owner who reads it, and may change tomorrow."""

    sentence = _l("Pictures from other sites are not shown here. Add the picture to your text with “Add a picture”.")
    status, field = 422, "text"


class TooManyPictures(CivicError):
    """A comment is to be read."""

    sentence, status, field = _l("There are too many pictures in this text. Six at most."), 422, "text"


class NoSuchPoll(CivicError):
    """What was chosen is no survey that can be shown."""

    sentence, status, field = _l("Choose one of the surveys in the list."), 422, "poll"


class AlreadyAnswered(CivicError):
    """An official answer is changed, not given twice."""

    sentence, status = _l("This thread has an official answer already. Change that one."), 409


class OthersSpoke(CivicError):
    """What others said is theirs."""

    sentence, status = (
        _l("Others have written in this thread meanwhile, so it stays. You can still change what you wrote."),
        409,
    )


class SameTopic(CivicError):
    """Nothing to move."""

    sentence, status, field = _l("The thread is in this topic already. Choose another."), 422, "topic"
