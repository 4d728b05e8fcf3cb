"""What translation refuses, in sentences for people."""

from flask_babel import lazy_gettext as _l

from civic.core.errors import CivicError, Conflict


class ChangedMeanwhile(Conflict):
    """Somebody else translated the same text after the page was opened."""

    sentence = _l(
        "Somebody else changed this translation while you were writing. What you wrote is still here. "
        "Look at how it stands now, then save again if yours should replace it."
    )


class NeedsAReason(CivicError):
    """The translation breaks a rule and nobody said why it is right."""

    sentence, status = _l("Mend what is marked, or say below why it is right as it is."), 422


class TooLong(CivicError):
    """The translation is longer than the place it stands in allows."""

    sentence, status = _l("The translation is too long for the place where it stands."), 422


class NothingNew(CivicError):
    """The suggestion says what stands there already."""

    sentence, status = _l("This is what the translation says already. Change something, or leave it as it is."), 422


class NotYourOwn(CivicError):
    """Nobody approves what they suggested themselves."""

    sentence, status = _l("You suggested this yourself. Somebody else has to look at it."), 403


class OriginalGone(Conflict):
    """The original is no longer there, or nobody may read it any more."""

    sentence = _l("The original of this translation is no longer there.")


class WaitsAlready(Conflict):
    """One suggestion at a time: the one before waits to be looked at."""

    sentence = _l("You have suggested a translation of this text already. Take it back first if you want to change it.")


class KnownTerm(Conflict):
    """The word stands in the glossary already."""

    sentence, field = _l("This word is in the glossary already."), "term"


class UnreadableFile(CivicError):
    """The file is not one of translations."""

    sentence, status, field = (
        _l("The file could not be read. Use one that was made here, and keep its form."),
        422,
        "file",
    )


class UnsafeFile(UnreadableFile):
    """The file declares entities or a document type, which no file of ours does."""

    sentence = _l("The file holds declarations that we do not read for reasons of safety. Use one that was made here.")


class TooManyEntries(UnreadableFile):
    """The file holds more than we take at once."""

    sentence = _l("The file is too large. Send at most 5,000 texts at a time.")


class TakenAlready(Conflict):
    """The file was taken over before."""

    sentence = _l("This file was taken over already.")


class NoMachine(CivicError):
    """No machine translation is set up, or it did not answer."""

    sentence, status = _l("The machine did not answer. Nothing was changed."), 503
