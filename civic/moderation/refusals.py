"""Why something is not published, reported or decided; each says what happened and what to do."""

from flask_babel import lazy_gettext as _l

from civic.core.errors import CivicError, Conflict, Forbidden

# Publishing.


class Suspended(CivicError):
    """Somebody who may not publish for a time."""

    status, field = 409, "text"

    def __init__(self, until: object):
        super().__init__(
            _l(
                "You may not publish anything until %(until)s. Your account, under Moderation, says why and how to appeal.",
                until=until,
            )
        )


class TooFast(CivicError):
    """Another post within seconds, or more than anybody writes in an hour."""

    sentence, status, field = _l("That was very fast. Wait a moment and post it again."), 429, "text"


class TooMany(CivicError):
    """More posts than a new account has in an hour, or anybody."""

    sentence, status, field = _l("You have posted a lot within an hour. Wait a while and post it again."), 429, "text"


class SlowMode(TooFast):
    """A second post within the pause that holds in this place."""

    def __init__(self, after: object):
        super().__init__(_l("People take turns slowly here. You can post again after %(after)s.", after=after))


class SaidBefore(CivicError):
    """The same words, or nearly the same, by the same person."""

    sentence, status, field = (
        _l("You have said this, or nearly this, before. Say something new, or leave it there."),
        409,
        "text",
    )


class NothingChanged(CivicError):
    """A removed text that is sent again as it was."""

    sentence, status, field = (
        _l("You have changed nothing. Take out what breaks the house rule, or appeal."),
        422,
        "text",
    )


class TooManyLinks(CivicError):
    """More links than anybody needs."""

    sentence, status, field = _l("There are too many links in this. Keep the most important ones."), 422, "text"


class NoLinksYet(TooManyLinks):
    """A link by a new account."""

    sentence = _l("New accounts cannot post links yet. Take the link out and say in words where to look.")


# Reporting.


class OwnText(CivicError):
    """One's own words."""

    sentence, status = (
        _l("These are your own words. You can change them or take them away instead of reporting them."),
        409,
    )


class ReportedBefore(CivicError):
    """A second report by the same person."""

    sentence, status = _l("You have reported this before. Moderators have your report."), 409


class AnsweredBefore(ReportedBefore):
    """A second report of words about which moderators have answered the same person."""

    sentence = _l(
        "You have reported this before, and moderators have decided about it. You can report it again if the words change."
    )


class TooManyReports(CivicError):
    """More reports than a reader writes in an hour."""

    sentence, status = _l("You have reported a lot within an hour. Wait a while and go on then."), 429


class CannotWithdraw(CivicError):
    """A report about which something was decided."""

    sentence, status = (
        _l("Moderators have decided about this meanwhile, so the report can no longer be withdrawn."),
        409,
    )


# Deciding.


class Stale(Conflict):
    """Another moderator was faster, or the text changed."""

    sentence = _l(
        "This case has changed since you opened it: look at it again before you decide. Nothing was done, and what you typed is kept."
    )


class Taken(Conflict):
    """Another moderator is at it."""

    sentence = _l(
        "Another moderator has taken this case and is looking at it. Nothing was done, and what you typed is kept."
    )


class NeedsARule(CivicError):
    """A removal without the house rule that was broken."""

    sentence, status, field = _l("Choose the house rule that was broken."), 422, "rule"


class NeedsSomebodyElse(Forbidden):
    """Whoever removed a text does not hear the appeal; nobody judges their own words."""

    sentence = _l("Somebody else has to decide this: you wrote it, or you decided about it before.")


class AppealedBefore(Conflict):
    """A second appeal against one decision."""

    sentence = _l("You have appealed against this decision already.")


class CannotAppeal(Conflict):
    """Nothing here that can be appealed."""

    sentence = _l("There is nothing here to appeal against.")


class NeedsAWarning(CivicError):
    """A suspension of somebody whom nobody warned."""

    sentence, status, field = (
        _l("Nobody has warned this person within twelve months. Warn them first, or say why that would not be enough."),
        422,
        "without_warning",
    )


class SuspendedAlready(Conflict):
    """A suspension on top of another."""

    sentence = _l("This person is suspended already. Lift that suspension before you begin another.")
