"""What members write: a problem, a comment on a brief; and what they look for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.challenge.queries.problems import EVERYWHERE, Wish
from civic.challenge.rules.choices import PROBLEM_SORTS, PROBLEM_STATES, TEXT_MOST, THEMES, TITLE_MOST, WHOM_MOST
from civic.challenge.wording import THEMES as THEME_NAMES
from civic.core.detecting import AUTO, language_choices, language_of
from civic.core.forms import Form, Length, Optional, Required, SelectField, TextAreaField, TextField, clean
from civic.core.i18n import LANGUAGES, current
from civic.places import BOROUGHS

LONGEST = 100


def languages() -> list[tuple[str, str]]:
    """The languages that a text can be marked with, each by its own name."""
    return [(each.code, each.name) for each in LANGUAGES.values()]


class Written(Form):
    """What every text comes with: the language it is in, at first the one that somebody reads in."""

    language = SelectField(_l("Which language do you write in?"), choices=languages)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.is_submitted() and not self.language.data:
            self.language.data = current().code if current().code in LANGUAGES else "en"


class Said(Form):
    """What residents say comes in a language that they choose or leave to us."""

    language = SelectField(_l("Which language do you write in?"), choices=language_choices)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.is_submitted() and not self.language.data:
            self.language.data = AUTO

    @property
    def spoken(self) -> str:
        """The language that was chosen, or that the words are found to be in."""
        said = "\n\n".join(str(self[name].data or "") for name in ("title", "text", "for_whom") if name in self)
        return language_of(said, self.language.data, current().code)


class ProblemForm(Said):
    """A problem."""

    title = TextField(
        _l("The problem in a few words"),
        [Required(_l("Say in a few words what the problem is.")), Length(max=TITLE_MOST)],
        description=_l("Say what is wrong, not how to solve it. For example: the last bus leaves before the late shift ends."),
    )  # fmt: skip
    text = TextAreaField(
        _l("What is wrong?"),
        [Required(_l("Describe what is wrong.")), Length(max=TEXT_MOST)],
        description=_l("What happens, how often, and what was tried. Leave out names, phone numbers and addresses."),
    )
    for_whom = TextField(
        _l("For whom is it a problem?"),
        [Required(_l("Say for whom it is a problem.")), Length(max=WHOM_MOST)],
        description=_l("For example: people who care for somebody with dementia."),
    )
    theme = SelectField(_l("Theme"), [Required(_l("Choose a theme."))])
    borough = SelectField(_l("Where?"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.theme.choices = [("", _l("Choose a theme")), *((each, THEME_NAMES[each]) for each in THEMES)]
        self.borough.choices = [("", _l("All London")), *((each.gss, each.name) for each in BOROUGHS)]

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, as actions take it."""
        names = ("title", "text", "for_whom", "theme", "borough")
        return {name: str(self[name].data or "") for name in names} | {"language": self.spoken}


class RemarkForm(Said):
    """A comment on a brief."""

    text = TextAreaField(
        _l("What should be different in this brief?"),
        [Required(_l("Write your comment.")), Length(max=TEXT_MOST)],
        description=_l("What is missing, what is wrong, what would make it work where you live."),
    )


class SearchForm(Form):
    """Words; read from the address, so nothing here changes anything."""

    class Meta(Form.Meta):  # type: ignore[name-defined]
        """A search is a GET and carries no token."""

        csrf = False

    words = TextField(_l("Words in problems"), [Optional(), Length(max=LONGEST)])


def wish_of(asked: Mapping[str, str]) -> Wish:
    """What an address asks for; whatever is not offered is left out."""

    def one_of(name: str, offered: tuple[str, ...]) -> str:
        value = asked.get(name, "")
        return value if value in offered else ""

    return Wish(
        words=clean(asked.get("words", ""))[:LONGEST],
        theme=one_of("theme", THEMES),
        borough=one_of("borough", (EVERYWHERE, *(each.gss for each in BOROUGHS))),
        status=one_of("status", PROBLEM_STATES),
        sort=one_of("sort", PROBLEM_SORTS) or PROBLEM_SORTS[0],
    )
