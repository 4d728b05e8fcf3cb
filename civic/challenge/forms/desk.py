"""What staff type: decisions on problems, programmes and their facts, partners, briefs, answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.challenge.forms.talk import Written
from civic.challenge.rules import choices
from civic.challenge.wording import FACT_KINDS, PARTNER_KINDS, PROBLEM_VERBS, REMARK_RESULTS, THEMES
from civic.core.forms import (
    CheckboxField,
    DateTimeField,
    Form,
    IntegerField,
    Length,
    MoneyField,
    Optional,
    RadioField,
    Required,
    SelectField,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.i18n import Words

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Addressed(Written):
    """What stands at an address of its own."""

    slug = TextField(
        _l("Address"),
        [Optional(), Length(max=80)],
        description=_l("Small letters, digits and hyphens. If you leave it empty, we make it from the name."),
    )

    def validate_slug(self, field: TextField) -> None:
        """An address of small letters, digits and single hyphens, and not another page's."""
        if field.data and not SLUG.fullmatch(field.data):
            raise ValidationError(_l("Use small letters, digits and single hyphens only."))
        if field.data in choices.RESERVED_SLUGS:
            raise ValidationError(_l("Another page stands at this address. Choose a different one."))


def _office() -> TextField:
    return TextField(
        _l("Your role, as everybody sees it"),
        [Required(_l("Say in which role you answer.")), Length(max=choices.ROLE_MOST)],
        description=_l(
            "For example: Head of Innovation, Greater London Authority. Your display name stands before it."
        ),
    )


class DecisionForm(Written):
    """What becomes of a problem, and why."""

    verb = RadioField(_l("What becomes of it?"), [Required(_l("Choose what becomes of it."))])
    into = IntegerField(
        _l("Number of the problem that it is merged into"),
        [Optional()],
        description=_l("It stands in the address of that problem. Who supports this one supports that one then."),
    )
    challenge = SelectField(
        _l("Challenge that takes it up"), description=_l("A challenge whose brief was opened for comment.")
    )
    reason = TextAreaField(
        _l("The answer, or why"),
        [Required(_l("Say why. Whoever proposed the problem deserves a reason.")), Length(max=choices.REASON_MOST)],
        description=_l("In plain words. Everybody can read it, and whoever proposed or supports the problem is told."),
    )
    as_role = _office()

    def __init__(self, verbs: Iterable[str], challenges: Iterable[tuple[str, Words]], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.verb.choices = [(verb, PROBLEM_VERBS[verb]) for verb in verbs]
        self.challenge.choices = [("", _l("No challenge")), *challenges]


class ProgrammeForm(Addressed):
    """A programme: one year of the challenge."""

    title = TextField(
        _l("Name of the programme"), [Required(_l("Give the programme a name.")), Length(max=choices.TITLE_MOST)]
    )
    year = IntegerField(_l("Year"), [Required(_l("Enter the year."))])
    summary = TextAreaField(_l("Summary"), [Required(_l("Say what it is about.")), Length(max=600)])
    delivery_partner = TextField(
        _l("Delivery partner"),
        [Optional(), Length(max=200)],
        description=_l("Who runs the programme with the Greater London Authority. Leave it empty if it is not known."),
    )
    budget = MoneyField(_l("Budget"), [Optional()], description=_l("Leave it empty if it is not known."))
    decision_number = TextField(
        _l("Number of the decision"), [Optional(), Length(max=40)], description=_l("For example MD2286.")
    )
    is_example = CheckboxField(_l("This programme is an example, made up for a demonstration"))

    def validate_year(self, field: IntegerField) -> None:
        """A year of this century."""
        if field.data is not None and not 2000 <= field.data <= 2100:
            raise ValidationError(_l("Enter a year between 2000 and 2100."))

    def validate_budget(self, field: MoneyField) -> None:
        """Some money, or nothing known about it."""
        if field.data is not None and field.data.minor <= 0:
            raise ValidationError(_l("Enter more than nothing, or leave it empty."))


class FactForm(Form):
    """Something that is known about a programme, or was looked for and not found."""

    kind = SelectField(_l("Kind of fact"), choices=[(each, FACT_KINDS[each]) for each in choices.FACT_KINDS])
    title = TextField(_l("What is it about?"), [Required(_l("Say what it is about.")), Length(max=choices.TITLE_MOST)])
    value = TextField(
        _l("What is known"),
        [Optional(), Length(max=300)],
        description=_l("Leave it empty if it was looked for and not found: the page says so."),
    )
    source = TextField(_l("Source"), [Optional(), Length(max=300)])

    def validate(self, extra_validators: Any = None) -> bool:
        """What is said to be known has a source."""
        fine = super().validate(extra_validators)
        if self.is_submitted() and self.value.data and not self.source.data:
            self.source.errors = [_l("Say where this is written.")]
            return False
        return fine


class PartnerForm(Addressed):
    """An organisation that owns challenges."""

    name = TextField(_l("Name of the organisation"), [Required(_l("Enter the name.")), Length(max=choices.TITLE_MOST)])
    kind = SelectField(
        _l("Kind of organisation"), choices=[(each, PARTNER_KINDS[each]) for each in choices.PARTNER_KINDS]
    )
    brings = TextAreaField(
        _l("What does it bring?"),
        [Required(_l("Say what it brings.")), Length(max=choices.REASON_MOST)],
        description=_l("Sites, data, people, money: whatever helps a startup to try something out."),
    )


def _part(label: Any, hint: Any) -> TextAreaField:
    return TextAreaField(label, [Length(max=choices.BRIEF_MOST)], description=hint)


class BriefForm(Addressed):
    """A challenge and its brief; the criteria stand in pairs of fields, name1 and weight1 to name6 and weight6."""

    programme = SelectField(_l("Programme"), [Required(_l("Choose a programme."))])
    partner = SelectField(_l("Partner that owns the challenge"), [Required(_l("Choose a partner."))])
    theme = SelectField(_l("Theme"), choices=[(each, THEMES[each]) for each in choices.THEMES])
    title = TextField(_l("Title of the challenge"), [Required(_l("Write a title.")), Length(max=choices.TITLE_MOST)])
    statement = TextAreaField(
        _l("The problem"),
        [Required(_l("State the problem.")), Length(max=choices.BRIEF_MOST)],
        description=_l(
            "What is wrong, for whom, and what was tried. A challenge begins with a problem, not with a solution."
        ),
    )
    success = _part(_l("What success is"), _l("What would be different, and how everybody could tell."))
    adoption = _part(
        _l("Route to adoption"),
        _l(
            "How the partner buys and uses what works: who decides, from which budget, by when. Without it the brief cannot become final."
        ),
    )
    pilot_sites = _part(
        _l("Where it can be tried out"), _l("Streets, stations, surgeries, offices; with whom to arrange it.")
    )
    data_offered = _part(_l("Data on offer"), _l("Which data, in what form, and on what terms."))
    what_changed = TextAreaField(
        _l("What did you change, and why?"),
        [Length(max=choices.REASON_MOST)],
        description=_l("Everybody can read it in the history of the brief."),
    )

    def __init__(
        self, programmes: Iterable[tuple[str, Words]], partners: Iterable[tuple[str, Words]], *args: Any, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.programme.choices = [("", _l("Choose a programme")), *programmes]
        self.partner.choices = [("", _l("Choose a partner")), *partners]

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """The fields of the criteria, name and weight beside each other."""
        return [(self[f"name{n}"], self[f"weight{n}"]) for n in range(1, choices.CRITERIA_MOST + 1)]

    @property
    def criteria(self) -> list[tuple[str, int]]:
        """The criteria that were typed."""
        return [(name.data, weight.data or 0) for name, weight in self.pairs if name.data]

    def validate(self, extra_validators: Any = None) -> bool:
        """A criterion has both: a name and a weight."""
        fine = super().validate(extra_validators)
        if not self.is_submitted():
            return False
        for name, weight in self.pairs:
            if weight.errors:
                continue
            if bool(name.data) != (weight.data is not None):
                field = weight if name.data else name
                field.errors = [_l("Give each criterion a name and a weight.")]
                fine = False
        return fine


for _n in range(1, choices.CRITERIA_MOST + 1):
    setattr(BriefForm, f"name{_n}", TextField(_l("Criterion"), [Length(max=200)]))
    setattr(BriefForm, f"weight{_n}", IntegerField(_l("Weight, in percent"), [Optional()]))


class OpeningForm(Form):
    """Until when members comment on a brief."""

    comments_close_at = DateTimeField(
        _l("When do comments close?"),
        [Required(_l("Say when comments close."))],
        description=_l("London time. Give people two weeks at least."),
    )


class AnswerForm(Written):
    """What came of a remark."""

    result = RadioField(
        _l("What came of it?"),
        [Required(_l("Say whether the brief was changed."))],
        choices=[(each, REMARK_RESULTS[each]) for each in choices.REMARK_RESULTS],
    )
    text = TextAreaField(
        _l("Your answer"),
        [Required(_l("Write the answer.")), Length(max=choices.REASON_MOST)],
        description=_l("What was changed because of it, or why nothing was. Everybody can read it."),
    )
    as_role = _office()
