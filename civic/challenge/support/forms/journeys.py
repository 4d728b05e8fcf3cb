"""Plans, their actions, sessions, and what came of a test."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.challenge.forms.talk import Written
from civic.challenge.support.rules.choices import LENGTHS, LINE_MOST, LONG_MOST, TEXT_MOST, TOPICS, USES, WHO
from civic.challenge.support.wording import SIDES
from civic.challenge.support.wording import TOPICS as TOPIC_NAMES
from civic.challenge.support.wording import USES as USE_NAMES
from civic.challenge.support.wording import WHO as WHO_NAMES
from civic.core.forms import (
    CheckboxesField,
    DateField,
    DateTimeField,
    HiddenField,
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
from civic.core.i18n import LANGUAGES, current


class PlanForm(Written):
    """A business support plan; `edition` is the one that was read."""

    edition = HiddenField()
    needs = CheckboxesField(
        _l("Where is help needed?"),
        choices=[(each, TOPIC_NAMES[each]) for each in TOPICS],
        description=_l("Mentors are suggested by it."),
    )
    diagnosis = TextAreaField(
        _l("How do things stand?"),
        [Length(max=LONG_MOST)],
        description=_l("What works, what does not, and what was tried. Mentors and the programme team read it; the partner does not."),
    )  # fmt: skip
    goals = TextAreaField(
        _l("What should be reached by the end of the programme?"),
        [Required(_l("Say what should be reached.")), Length(max=LONG_MOST)],
    )


class ActionForm(Written):
    """Something to do: what, who, until when."""

    what = TextField(_l("What is to be done?"), [Required(_l("Say what is to be done.")), Length(max=LINE_MOST)])
    who = SelectField(_l("Who does it?"), choices=[(each, WHO_NAMES[each]) for each in WHO])
    due_on = DateField(_l("By when?"), [Required(_l("Enter the date by which it is to be done."))])


def _about() -> TextAreaField:
    return TextAreaField(
        _l("What do you want to talk about?"), [Required(_l("Say what it is about.")), Length(max=TEXT_MOST)]
    )


class Short(Written):
    """A form that need not ask for the language: then it is the one that somebody reads in."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.language.data:
            self.language.data = current().code if current().code in LANGUAGES else "en"


class TimeForm(Short):
    """A time to meet."""

    starts_at = DateTimeField(
        _l("When does it begin?"), [Required(_l("Say when it begins."))], description=_l("London time, like 14:30.")
    )
    minutes = SelectField(
        _l("How many minutes?"), coerce=int, default=60, choices=[(each, str(each)) for each in LENGTHS]
    )
    place = TextField(
        _l("Where?"),
        [Required(_l("Say where, or give a link.")), Length(max=LINE_MOST)],
        description=_l("A link for a call, or an address. For an address say how to get in without steps."),
    )


class ProposalForm(TimeForm):
    """A time that a startup proposes, and what it is about."""

    about = _about()


class TakingForm(Written):
    """For whom a time is taken, and what for."""

    journey = SelectField(_l("For which startup?"), [Required(_l("Choose a startup."))], coerce=int)
    about = _about()

    def __init__(self, journeys: Iterable[tuple[int, Any]], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.journey.choices = list(journeys)


class WhyForm(Short):
    """A reason that others read."""

    why = TextAreaField(_l("Why?"), [Length(max=TEXT_MOST)], description=_l("Those concerned read it."))


class RecordForm(Written):
    """How a session went."""

    minutes = IntegerField(_l("How many minutes did it take?"), [Required(_l("Enter the minutes that it took."))])
    attended = TextField(
        _l("Who was there?"),
        [Required(_l("Say who was there.")), Length(max=LINE_MOST)],
        description=_l("Offices are enough: the founder, the head of housing."),
    )
    agreed = TextAreaField(
        _l("What was agreed or decided?"),
        [Required(_l("Say what was agreed, even if it is nothing.")), Length(max=LONG_MOST)],
        description=_l("Only those who met and the programme team read it."),
    )

    def validate_minutes(self, field: IntegerField) -> None:
        """Between a minute and ten hours."""
        if field.data is not None and not 1 <= field.data <= 600:
            raise ValidationError(_l("Enter a number of minutes between 1 and 600."))


class MissedForm(Short):
    """Who did not come."""

    missed_by = RadioField(
        _l("Who did not come?"), [Required(_l("Say who did not come."))], choices=list(SIDES.items())
    )


class ResultForm(Written):
    """What both sides and staff say of a result."""

    in_use = RadioField(
        _l("Is it in use now?"),
        [Required(_l("Say whether it is in use."))],
        choices=[(each, USE_NAMES[each]) for each in USES],
    )
    used_by = TextField(
        _l("By whom?"),
        [Length(max=LINE_MOST)],
        description=_l("Which teams or people, and how many. No names of people."),
    )
    contract = MoneyField(
        _l("What is paid for it under contract?"),
        [Optional()],
        description=_l("Altogether, so far. Leave it empty if there is no contract."),
    )
    jobs = IntegerField(_l("How many jobs came from it?"), [Optional()])
    investment = MoneyField(_l("How much investment was raised since the test?"), [Optional()])

    def validate_jobs(self, field: IntegerField) -> None:
        """A whole number that somebody could count."""
        if field.data is not None and not 0 <= field.data <= 100_000:
            raise ValidationError(_l("Enter a number of jobs, 0 or more."))


class OutcomeForm(ResultForm):
    """What one side says came of a test."""

    value = TextAreaField(
        _l("What is it worth to them?"),
        [Length(max=TEXT_MOST)],
        description=_l("What is better now, and how one can tell."),
    )
    why_not = TextAreaField(
        _l("If it is not in use: why not?"), [Length(max=TEXT_MOST)], description=_l("What did not work helps others.")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Whatever is not in use has a reason."""
        fine = super().validate(extra_validators)
        if self.is_submitted() and self.in_use.data == "no" and not self.why_not.data:
            self.why_not.errors = [_l("Say why it is not in use.")]
            return False
        return fine
