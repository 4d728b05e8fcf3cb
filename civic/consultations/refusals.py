"""What consultations refuse, each in a sentence for a person."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.errors import CivicError, Conflict, Forbidden


class NotReady(Conflict):
    """A rule of fairness blocks it; `codes` names which."""

    sentence = _l("This cannot be announced yet. First mend what the check list says must be mended.")

    def __init__(self, codes: Sequence[str] = ()):
        super().__init__()
        self.codes = tuple(codes)


class ReasonNeeded(CivicError):
    """The act needs a reason that everybody can read."""

    sentence, status, field = _l("Give the reason in a sentence or two. Everybody can read it."), 422, "why"


class Announced(Conflict):
    """What people were told stands; it changes in a draft only."""

    sentence = _l(
        "This has been announced, and what people were told stands. Take it back to a draft before it opens, or post an update."
    )


class Over(Conflict):
    """It has been answered or withdrawn."""

    sentence = _l("This consultation is over.")


class ChangedMeanwhile(Conflict):
    """Somebody else changed it since the page was opened."""

    sentence = _l(
        "Somebody else changed this while you were writing. Nothing was overwritten: look at what stands there now, and save again."
    )


class Elsewhere(Conflict):
    """The activity belongs to a consultation already."""

    sentence, field = _l("This belongs to another consultation already."), "activity"


class UnknownActivity(CivicError):
    """No package of the house knows such an activity."""

    sentence, status, field = _l("Choose one from the list."), 422, "activity"


class NotLater(CivicError):
    """An extension must give more time."""

    sentence, status, field = (
        _l("The new closing date must be later than the one that was announced."),
        422,
        "closes_at",
    )


class NotOpen(Conflict):
    """It is not open, so it can be neither extended nor closed."""

    sentence = _l("This consultation is not open now.")


class NotClosed(Conflict):
    """Its answer can be written once it has closed."""

    sentence = _l("The outcome can be written once the consultation has closed.")


class NotOverdue(Conflict):
    """There is nothing to explain yet."""

    sentence = _l("The promised day has not passed yet.")


class WithSigner(Conflict):
    """It waits for a second person, who must sign what they read."""

    sentence = _l("The outcome waits for a second person to sign it. Take it back before you change it.")


class Lacking(Conflict):
    """The outcome lacks something."""

    sentence = _l("The outcome cannot be handed over yet. First add what is missing.")


class NotSubmitted(Conflict):
    """Nobody has handed the outcome over."""

    sentence = _l("This outcome has not been handed over to be signed.")


class SamePerson(Forbidden):
    """Who wrote an outcome does not sign it."""

    sentence = _l("You wrote part of this outcome, so somebody else must sign it.")


class HasContributions(Conflict):
    """Contributions stand in the theme."""

    sentence = _l("Contributions stand in this theme. Move them to another one first.")


class NothingChosen(CivicError):
    """No contribution was ticked."""

    sentence, status = _l("Tick at least one contribution."), 422

    def __init__(self, sentence: Any = None, *, field: str | None = None):
        super().__init__(sentence, field=field)


class UnknownTheme(CivicError):
    """The theme is not one of this consultation."""

    sentence, status, field = _l("Choose a theme from the list."), 422, "theme"


class UnknownFate(CivicError):
    """The fate is none that we know."""

    sentence, status, field = _l("Choose what became of it."), 422, "fate"


class FateNeedsWhy(CivicError):
    """Whoever is told no is told why."""

    sentence, status, field = _l("Say why. The people who gave it will read this."), 422, "why"
