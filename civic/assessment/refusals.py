"""Every expected no of an assessment, as a sentence."""

from flask_babel import lazy_gettext as _l

from civic.core.errors import CivicError, Conflict, Forbidden

# About panels.


class CriteriaFixed(Conflict):
    """Whoever judges and whoever is judged must be able to rely on the criteria."""

    sentence = _l("The panel has opened, so its criteria and its scale can no longer be changed. Nothing was saved.")


class NotReady(CivicError):
    """A panel that lacks something cannot open; `gaps` says what: "criteria" or "assessors"."""

    sentence, status = _l("The panel cannot open yet. The list says what is missing."), 422

    def __init__(self, gaps: list[str]):
        super().__init__()
        self.gaps = gaps


class PanelNotOpen(Conflict):
    """Scores are given, moved and agreed while a panel is open."""

    sentence = _l("The panel is not open, so nothing was changed.")


class PanelClosed(Conflict):
    """Nothing comes before a panel that has closed."""

    sentence = _l("The panel has closed. It must be opened again before anything more can be assessed.")


class ChangedMeanwhile(Conflict):
    """Somebody (or the same person in another window) saved something else after the page was opened."""

    sentence = _l(
        "This was changed while you were typing. What you typed is still here. "
        "Look at how it stands now, then save again if yours should replace it."
    )


class CannotAssess(CivicError):
    """A seat on a panel needs a role that assesses."""

    sentence, status, field = _l("Choose somebody with a role that assesses."), 422, "person"


class SitsAlready(Conflict):
    """One seat a person."""

    sentence, field = _l("This person sits on the panel already."), "person"


class WouldLackAssessors(Conflict):
    """An open panel keeps as many assessors as each item needs."""

    sentence = _l("The panel would have fewer assessors than each item needs. Add somebody else first.")


# About asking people to judge.


class NotOnPanel(CivicError):
    """Only those who sit on the panel judge."""

    sentence, status, field = _l("Choose somebody who sits on this panel."), 422, "person"


class HasInterest(Forbidden):
    """A declared interest takes a thing out of somebody's sight and hands."""

    sentence, field = _l("This person declared an interest, so they can have no part in this."), "person"


class IsParty(Forbidden):
    """Nobody judges what they stand behind."""

    sentence, field = _l("This person stands behind what is to be judged, so they can have no part in it."), "person"


class WasRecused(Conflict):
    """Whoever was taken off because of an interest stays off."""

    sentence, field = (
        _l("This person was once taken off because of an interest, so they cannot be asked again."),
        "person",
    )


class HasSeenScores(Conflict):
    """Nobody judges blindly who may have read what others gave."""

    sentence, field = (
        _l("This person may have read the scores of others, so they cannot judge this any more."),
        "person",
    )


class AlreadyAsked(Conflict):
    """One judgement a person."""

    sentence, field = _l("This person was asked already."), "person"


class NotToBeAssessed(Conflict):
    """It is agreed or withdrawn."""

    sentence = _l("This is no longer waiting to be assessed. Nothing was changed.")


class NothingToShare(Conflict):
    """Every item has its assessors."""

    sentence = _l("Every item has enough assessors. Nothing was changed.")


class ElsewhereAssessed(Conflict):
    """One thing is judged by one panel."""

    sentence = _l("This is being assessed by another panel.")


# About interests.


class OwnInterest(Forbidden):
    """Whoever has an interest in something, or stands behind it, has no part in it."""

    sentence = _l("You declared an interest in this or stand behind it, so somebody else must do it.")


class StandsAlready(Conflict):
    """An interest once declared is lifted by somebody else only."""

    sentence = _l("You declared an interest in this. Only an officer can lift it.")


class NotYours(Forbidden):
    """Each assessor speaks for themselves."""

    sentence = _l("This is for somebody else to do.")


class LiftsOwn(Forbidden):
    """Four eyes."""

    sentence = _l("This is your own declaration, so another officer must lift it.")


class NothingToLift(Conflict):
    """There is no interest that stands."""

    sentence = _l("No interest stands any more. Nothing was changed.")


# About scores.


class NotDeclared(Conflict):
    """Nobody reads or scores before they have said that they have no interest."""

    sentence = _l("Say first whether you have an interest in this.")


class AlreadySent(Conflict):
    """What was sent stands."""

    sentence = _l("Your scores were sent already. Nothing was changed.")


class NotComplete(CivicError):
    """Every criterion needs a score on the scale and a reason; `missing` holds the criteria that lack one."""

    sentence, status = _l("Give each criterion a score, and say why in at least 20 characters."), 422

    def __init__(self, missing: list[int], location: str | None = None):
        super().__init__(location=location)
        self.missing = missing


class NotAllIn(Conflict):
    """Nothing is agreed before everybody is in."""

    sentence = _l("Not all scores are in, so nothing can be agreed yet.")


class MustBeTalkedAbout(Conflict):
    """Where assessors are far apart, a meeting talks about it."""

    sentence = _l("The assessors are too far apart here. Talk about it in a meeting, and write down what you agreed.")


class WrongMeeting(CivicError):
    """Scores are agreed in a meeting of the same panel."""

    sentence, status, field = _l("Choose a meeting of this panel."), 422, "meeting"


class TooFewPeople(CivicError):
    """A meeting takes two."""

    sentence, status, field = _l("Choose at least two people who were there."), 422, "people"
