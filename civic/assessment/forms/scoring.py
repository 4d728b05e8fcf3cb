"""What an assessor types, and what is typed after a meeting: for each criterion a score and why."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.assessment.models import Criterion, Panel
from civic.assessment.rules.choices import FEWEST_WORDS, LONGEST_WORDS
from civic.assessment.rules.scoring import Mark
from civic.core.forms import Form, HiddenField, Length, Optional, RadioField, Required, SelectField, TextAreaField
from civic.core.i18n import Words, format_number


class ScoringForm(Form):
    """A score (`score_<criterion>`) and a reason (`words_<criterion>`) for each criterion; made for a panel by scoring_form()."""

    seen = HiddenField()
    criteria: list[Criterion] = []

    def fill(self, marks: dict[int, Mark]) -> None:
        """Show what was kept before."""
        for each in self.criteria:
            if each.id in marks:
                self[f"score_{each.id}"].data = marks[each.id].value
                self[f"words_{each.id}"].data = marks[each.id].words

    def marks(self) -> dict[int, Mark]:
        """What was chosen and typed, by criterion."""
        return {
            each.id: Mark(self[f"score_{each.id}"].data, self[f"words_{each.id}"].data or "") for each in self.criteria
        }

    def is_complete(self) -> bool:
        """Whether every criterion has a score and a reason; says at each field what is missing."""
        judged = [
            self._judge(each, needs_reason=True) for each in self.criteria
        ]  # all of them, so that each says what it lacks
        return all(judged)

    def _judge(self, criterion: Criterion, *, needs_reason: bool) -> bool:
        score, words = self[f"score_{criterion.id}"], self[f"words_{criterion.id}"]
        if score.data is None and not score.errors:
            score.errors = [_("Choose a score for “%(title)s”.", title=criterion.title)]
        if needs_reason and len(words.data or "") < FEWEST_WORDS and not words.errors:
            words.errors = [
                _(
                    "Say in at least %(num)s characters why you give this score for “%(title)s”.",
                    num=FEWEST_WORDS,
                    title=criterion.title,
                )
            ]
        return not score.errors and not words.errors


class AgreementForm(ScoringForm):
    """What a meeting agreed; a reason is needed only where it is not what everybody gave."""

    meeting = SelectField(_l("In which meeting?"), [Required(_l("Choose the meeting."))], coerce=int)
    given: dict[int, list[int]] = {}

    def is_complete(self) -> bool:
        """Whether every criterion has a score, and a reason where one is needed; says at each field what is missing."""
        judged = [self._judge(each, needs_reason=self._needs_reason(each)) for each in self.criteria]
        return all(judged)

    def _needs_reason(self, criterion: Criterion) -> bool:
        value = self[f"score_{criterion.id}"].data
        return value is not None and set(self.given.get(criterion.id, ())) != {value}


def scoring_form(panel: Panel, criteria: Iterable[Criterion], base: type[ScoringForm] = ScoringForm) -> type[Any]:
    """The form for a panel's criteria: radios from 0 to the top of its scale, and a reason beneath."""
    criteria = list(criteria)
    fields: dict[str, Any] = {"criteria": criteria}
    choices = [(value, format_number(value)) for value in range(panel.scale + 1)]
    for each in criteria:
        fields[f"score_{each.id}"] = RadioField(
            Words(each.title, panel.language), [Optional()], choices=choices, coerce=int
        )
        fields[f"words_{each.id}"] = TextAreaField(_l("Why this score?"), [Length(max=LONGEST_WORDS)])
    return type(base.__name__, (base,), fields)
