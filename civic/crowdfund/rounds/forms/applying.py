"""What applicants type, step by step; a draft may be saved half done, so little is required here."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import (
    CheckboxField,
    ChoiceRequired,
    FileField,
    Form,
    HiddenField,
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
from civic.core.i18n import LANGUAGES
from civic.core.money import Money
from civic.crowdfund.rounds.models import Application, RoundQuestion
from civic.crowdfund.rounds.rules.answers import NO, YES
from civic.places import BOROUGHS

BOROUGH_CHOICES = [("", _l("Choose a borough")), *((each.gss, each.name) for each in BOROUGHS)]
LANGUAGE_CHOICES = [(each.code, each.name) for each in LANGUAGES.values()]
LONGEST = 20_000
"""Characters of one answer: more than the most words that a question can ask for."""


class BeginForm(Form):
    """Whose application it is: "campaign:<id>", "organisation:<id>" or "me"; and the answered idea that it follows."""

    who = RadioField(_l("What do you apply with?"), validate_choice=False)
    expression = RadioField(
        _l("Which of your ideas is it about?"), [ChoiceRequired(_l("Choose one of your ideas."))], coerce=int
    )

    def validate_who(self, field: RadioField) -> None:
        """One of those that are offered at this moment."""
        if field.data not in [choice[0] for choice in field.choices or ()]:
            raise ValidationError(_l("Choose what you apply with."))


class StepForm(Form):
    """One step of a draft; `columns` are those it fills, and `seen` is the mark of them as they were when it was opened."""

    columns: tuple[str, ...] = ()
    seen = HiddenField()

    def facts(self) -> dict[str, Any]:
        """What was typed, as the columns keep it."""
        return {name: self[name].data if self[name].data is not None else "" for name in self.columns}


class MoneyForm(StepForm):
    """Which size of pledge, and how much of each kind of money."""

    columns: tuple[str, ...] = ("tier_id", "capital_minor", "revenue_minor")
    tier = RadioField(_l("Which size of pledge do you ask for?"), [Optional()], coerce=int)
    capital = MoneyField(
        _l("Capital: for what lasts"),
        [Optional()],
        description=_l("Building, planting, furniture, equipment. Leave it empty if you ask for none."),
    )
    revenue = MoneyField(
        _l("Revenue: for what is used up"),
        [Optional()],
        description=_l("People’s time, workshops, hire, print. Leave it empty if you ask for none."),
    )
    turnover = MoneyField(
        _l("What was your turnover last year?"),
        [Optional()],
        description=_l("All the money that came in. If you apply for yourself, or your group is new, enter 0."),
    )

    def facts(self) -> dict[str, Any]:
        """Sums in pence; nothing asked for is nothing."""
        sums = {"capital_minor": self.capital.data, "revenue_minor": self.revenue.data}
        facts = {name: money.minor if money is not None else 0 for name, money in sums.items()}
        if "turnover" in self:
            facts["turnover_minor"] = self.turnover.data.minor if self.turnover.data is not None else None
        return {"tier_id": self.tier.data, **facts}

    def fill(self, application: Application) -> None:
        """What stands in the draft, where nothing was typed."""
        for name, minor in (("capital", application.capital_minor), ("revenue", application.revenue_minor)):
            self[name].data = Money(minor) if minor else None
        self.tier.data = application.tier_id
        if "turnover" in self and application.turnover_minor is not None:
            self.turnover.data = Money(application.turnover_minor)

    def without_turnover(self) -> None:
        """No condition asks for it."""
        del self.turnover
        self.columns = ("tier_id", "capital_minor", "revenue_minor")

    def with_turnover(self) -> None:
        """A condition asks for it."""
        self.columns = ("tier_id", "capital_minor", "revenue_minor", "turnover_minor")


class AboutForm(StepForm):
    """What the project is, in a few words: of an expression of interest, and of an application without a campaign."""

    columns: tuple[str, ...] = ("title", "summary", "borough", "language")
    title = TextField(_l("What is your project called?"), [Length(max=80)])
    summary = TextAreaField(
        _l("In one or two sentences, what are you going to do?"),
        [Length(max=400)],
        description=_l("If you get a pledge, everybody reads this."),
    )
    borough = SelectField(
        _l("Borough"), choices=BOROUGH_CHOICES, description=_l("Where most of it happens."), default=""
    )
    language = SelectField(_l("Which language do you write in?"), choices=LANGUAGE_CHOICES)

    def facts(self) -> dict[str, Any]:
        """No borough chosen is none."""
        return super().facts() | {"borough": self.borough.data or None}


class ProjectForm(AboutForm):
    """The same with what everything costs."""

    columns = (*AboutForm.columns, "cost_minor")
    cost = MoneyField(
        _l("What does the whole project cost?"),
        [Optional()],
        description=_l("All of it, whoever pays: what you ask for here, and what you have or raise elsewhere."),
    )

    def facts(self) -> dict[str, Any]:
        """In pence; none where it is not known yet."""
        words = {name: self[name].data or "" for name in AboutForm.columns}
        cost = self.cost.data.minor if self.cost.data is not None else None
        return words | {"borough": self.borough.data or None, "cost_minor": cost}


class RefereeForm(StepForm):
    """Who writes for somebody without an organisation, and the letter."""

    columns = ("referee", "referee_file_id")
    referee = TextField(
        _l("Who wrote it, and for which organisation?"),
        [Required(_l("Enter who wrote the letter, and for which organisation.")), Length(max=160)],
        description=_l("Such as “Rosa Okafor, chair of Gillett Square Residents”."),
    )
    letter = FileField(_l("The letter"), description=_l("A PDF, PNG or JPEG file of at most 8 MB."))


class AnswersForm(StepForm):
    """Answers to some of a round's questions; see answers_form()."""

    questions: Sequence[RoundQuestion] = ()

    def answers(self) -> dict[str, str]:
        """What was typed, by the keys of the questions."""
        return {each.key: self[field_name(each)].data or "" for each in self.questions}


def field_name(question: RoundQuestion) -> str:
    """The name of a question's field."""
    return f"answer_{question.id}"


def answers_form(questions: Sequence[RoundQuestion], answers: Mapping[str, str] | None = None) -> AnswersForm:
    """A form for these questions, filled with `answers`, or (without) with what was sent."""
    fields = {field_name(each): _field_of(each) for each in questions}
    form_class = type("AnswersOfRound", (AnswersForm,), {**fields, "questions": tuple(questions)})
    if answers is None:
        sent: AnswersForm = form_class()
        return sent
    filled: AnswersForm = form_class(data={field_name(each): answers.get(each.key, "") for each in questions})
    return filled


def _field_of(question: RoundQuestion) -> Any:
    if question.is_yes_no:
        choices = [(YES, _l("Yes")), (NO, _l("No"))]
        return RadioField(question.text, [Optional()], choices=choices, description=question.hint)
    return TextAreaField(question.text, [Length(max=LONGEST)], description=question.hint)


class SubmissionForm(Form):
    """What an applicant declares."""

    allowed = CheckboxField(
        _l("I may speak for those who apply, and they agree with what is written here"),
        [Required(_l("Confirm that you may speak for those who apply."))],
    )
    true = CheckboxField(
        _l("Everything we say is true, as far as we know"), [Required(_l("Confirm that what you say is true."))]
    )


class WithdrawalForm(Form):
    """Why an application is given up."""

    why = TextAreaField(
        _l("Why do you give it up?"),
        [Required(_l("Give a reason.")), Length(max=1000)],
        description=_l("In a sentence. It stands in the application’s history."),
    )
