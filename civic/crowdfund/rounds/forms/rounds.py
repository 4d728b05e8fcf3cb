"""What officers type about a round: about it, its dates, its sizes of pledge, conditions and questions."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.accounts.wording import KIND_NAMES, choices
from civic.core.forms import (
    CheckboxesField,
    CheckboxField,
    ChoiceRequired,
    DateField,
    DateTimeField,
    Form,
    HiddenField,
    IntegerField,
    Length,
    MoneyField,
    RadioField,
    Required,
    SelectField,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.i18n import LANGUAGES
from civic.core.money import Money
from civic.crowdfund.forms.budget import Amount
from civic.crowdfund.rounds.forms.applying import StepForm
from civic.crowdfund.rounds.models import Round
from civic.crowdfund.rounds.rules.dates import Dates
from civic.crowdfund.rounds.wording.dates import HINTS, LABELS
from civic.crowdfund.rounds.wording.eligibility import KIND_HINTS, KINDS

LANGUAGE_CHOICES = [(each.code, each.name) for each in LANGUAGES.values()]
FEWEST_WORDS, MOST_WORDS = 10, 2000


class NewRoundForm(Form):
    """Of which fund, and what it is called."""

    fund = RadioField(_l("Which fund pays for it?"), [ChoiceRequired(_l("Choose a fund."))], coerce=int)
    title = TextField(
        _l("What is the round called?"),
        [Required(_l("Enter a title.")), Length(max=80)],
        description=_l("Such as “Make London, autumn 2026”. Its address is made of it and stays."),
    )
    language = SelectField(_l("Which language do you write it in?"), choices=LANGUAGE_CHOICES)


class RoundStep(StepForm):
    """One step of writing a round."""

    @classmethod
    def of(cls, round_: Round) -> "RoundStep":
        """Filled with what stands there."""
        return cls(data={name: getattr(round_, name) for name in cls.columns})

    def only(self, names: frozenset[str]) -> None:
        """Keep these fields alone: the others can no longer be changed."""
        for name in self.columns:
            if name not in names:
                del self[name]
        self.columns = tuple(name for name in self.columns if name in names)

    def facts(self) -> dict[str, Any]:
        """What was typed, as the columns keep it."""
        return {name: self[name].data for name in self.columns}


class AboutForm(RoundStep):
    """What the round is for, and what it asks of everybody."""

    columns = ("title", "theme", "funder", "language", "needs_expression", "conditions", "note")
    title = TextField(_l("Title"), [Required(_l("Enter a title.")), Length(max=80)])
    theme = TextAreaField(
        _l("What is it for?"),
        [Length(max=8000)],
        description=_l("Everybody reads this. Say what kind of projects you look for, and why."),
    )
    funder = TextField(
        _l("Whose pledge is it?"),
        [Required(_l("Enter whose pledge it is.")), Length(max=80)],
        description=_l("Campaigns show the pledge under this name."),
    )
    language = SelectField(_l("Which language do you write it in?"), choices=LANGUAGE_CHOICES)
    needs_expression = CheckboxField(
        _l("Ask for an idea first"),
        description=_l("Applicants send a short idea, you answer it, and they can apply after your answer."),
    )
    conditions = TextAreaField(
        _l("Conditions of every pledge (optional)"),
        [Length(max=4000)],
        description=_l("They stand in each recommendation, where you can change them."),
    )
    note = TextAreaField(
        _l("A note about the figures (optional)"),
        [Length(max=4000)],
        description=_l("For rounds of the past: what is known from public sources, and what is not."),
    )

    def facts(self) -> dict[str, Any]:
        """An empty text is a text."""
        return {name: self[name].data if self[name].data is not None else "" for name in self.columns}


class DatesBase(RoundStep):
    """Every date; those to the minute end a day at 11:59pm unless a time is given."""

    columns = tuple(LABELS)


TO_THE_MINUTE = (
    *tuple(name for name in Dates.__dataclass_fields__ if name.endswith("_at")),
    "campaigns_live_by",
    "targets_by",
)
"""Dates that are minutes in London."""


def _date_field(name: str) -> Any:
    kind = DateTimeField if name in TO_THE_MINUTE else DateField
    return kind(LABELS[name], description=HINTS[name])


DatesForm: type[DatesBase] = type("DatesForm", (DatesBase,), {name: _date_field(name) for name in LABELS})


class TierForm(Form):
    """A size of pledge."""

    seen = HiddenField()
    title = TextField(
        _l("What is it called?"),
        [Required(_l("Enter what it is called.")), Length(max=80)],
        description=_l("Such as “Up to £5,000”."),
    )
    most = MoneyField(_l("The most that can be asked for"), [Required(_l("Enter the most.")), Amount()])
    summary = TextAreaField(_l("For what kind of projects? (optional)"), [Length(max=400)])
    needs_target = CheckboxField(
        _l("The rest comes from the crowd"),
        description=_l(
            "The pledge is owed only once the campaign has its target. Without a tick it needs no campaign."
        ),
    )


class KindForm(Form):
    """What a condition asks, and for which size of pledge."""

    kind = RadioField(
        _l("What does the condition ask?"), [ChoiceRequired(_l("Choose what it asks."))], choices=choices(KINDS)
    )
    tier = RadioField(_l("For which size of pledge?"), coerce=int, default=0)

    hints = KIND_HINTS


class ConditionForm(Form):
    """A condition: what it compares with (one of these fields, by its kind), and the sentence that applicants read."""

    seen = HiddenField()
    kinds = CheckboxesField(
        _l("Which kinds of organisations may apply?"),
        [ChoiceRequired(_l("Choose at least one kind."))],
        choices=choices(KIND_NAMES),
    )
    individuals = RadioField(
        _l("May somebody apply for themselves, without an organisation?"),
        [ChoiceRequired(_l("Choose yes or no."))],
        choices=[("yes", _l("Yes")), ("no", _l("No"))],
    )
    amount = MoneyField(_l("Which sum?"), [Required(_l("Enter a sum.")), Amount()])
    percent = IntegerField(
        _l("How many percent of the whole cost at most?"), [Required(_l("Enter a number from 1 to 100."))]
    )
    question = RadioField(_l("Which question must be answered with yes?"), [ChoiceRequired(_l("Choose a question."))])
    sentence = TextAreaField(
        _l("The sentence that applicants read"),
        [Length(max=400)],
        description=_l("Leave it empty, and we propose one that you can change."),
    )

    VALUES = {
        "organisation_kinds": "kinds",
        "individuals": "individuals",
        "ask_at_most": "amount",
        "turnover_below": "amount",
        "share_at_most": "percent",
        "yes_to": "question",
    }
    ALL = ("kinds", "individuals", "amount", "percent", "question")

    def of_kind(self, kind: str) -> None:
        """Keep the field that this kind compares with, if it has one."""
        for name in self.ALL:
            if name != self.VALUES.get(kind):
                del self[name]

    def value(self) -> Any:
        """What was chosen, as the rule keeps it; None for kinds that compare with nothing."""
        if "kinds" in self:
            return self.kinds.data
        if "individuals" in self:
            return self.individuals.data == "yes"
        if "amount" in self:
            return self.amount.data.minor if self.amount.data is not None else None
        name = next((each for each in ("percent", "question") if each in self), None)
        return self[name].data if name else None

    def show(self, value: Any) -> None:
        """Fill in a value that is kept."""
        if "kinds" in self:
            self.kinds.data = list(value or [])
        elif "individuals" in self:
            self.individuals.data = "yes" if value else "no"
        elif "amount" in self:
            self.amount.data = Money(value)
        elif "percent" in self:
            self.percent.data = value
        elif "question" in self:
            self.question.data = value

    def validate_percent(self, field: IntegerField) -> None:
        """One to a hundred."""
        if field.data is not None and not 1 <= field.data <= 100:
            raise ValidationError(_l("Enter a number from 1 to 100."))


class QuestionForm(Form):
    """A question to applicants."""

    seen = HiddenField()
    stage = RadioField(
        _l("When is it asked?"),
        [ChoiceRequired(_l("Choose when it is asked."))],
        choices=[("expression", _l("About the idea, first")), ("application", _l("In the application"))],
        default="application",
    )
    text = TextField(_l("Question"), [Required(_l("Enter the question.")), Length(max=200)])
    hint = TextAreaField(
        _l("Help with it (optional)"), [Length(max=600)], description=_l("What a good answer says, in a sentence.")
    )
    is_yes_no = CheckboxField(_l("It is answered with yes or no"))
    most_words = IntegerField(_l("Most words of the answer"), default=250)
    is_required = CheckboxField(_l("It must be answered"), default=True)
    is_public = CheckboxField(
        _l("Everybody can read the answer once the project has a pledge"),
        description=_l("Without a tick only assessors and staff read it."),
    )

    def validate_most_words(self, field: IntegerField) -> None:
        """Within what an answer can hold; of no account for yes and no."""
        if not field.errors and not FEWEST_WORDS <= (field.data or 0) <= MOST_WORDS:
            raise ValidationError(_l("Enter a number from 10 to 2,000."))

    def facts(self) -> dict[str, Any]:
        """As the columns keep it."""
        boxes = {name: bool(self[name].data) for name in ("is_yes_no", "is_required", "is_public")}
        words = {"stage": self.stage.data, "text": self.text.data, "hint": self.hint.data or ""}
        return words | boxes | {"most_words": self.most_words.data}
