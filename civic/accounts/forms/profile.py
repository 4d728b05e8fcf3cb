"""Forms about oneself: profile, equality questions, language."""

from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional, ValidationError

from civic.accounts import equality_wording, wording
from civic.accounts.rules import equality, names
from civic.accounts.rules.choices import OLDEST_BIRTH_YEAR, age_is_enough
from civic.core import clock
from civic.core.forms import CheckboxesField, Form, IntegerField, Length, RadioField, Required, SelectField, TextField
from civic.core.i18n import enabled
from civic.core.person import me
from civic.places.boroughs import BOROUGHS

MONTHS = (
    _l("January"),
    _l("February"),
    _l("March"),
    _l("April"),
    _l("May"),
    _l("June"),
    _l("July"),
    _l("August"),
    _l("September"),
    _l("October"),
    _l("November"),
    _l("December"),
)
NOT_SAID = _l("Not said")


def _or_nothing(value: str | None) -> str | None:
    return value or None


def _number_or_nothing(value: Any) -> int | None:
    return int(value) if str(value or "").isdigit() else None


class ProfileForm(Form):
    """Who one is, as far as one likes to say; only the name is needed."""

    display_name = TextField(
        _l("Display name"),
        [Required(_l("Enter a display name.")), Length(max=200)],
        description=_l("Others see it beside what you write. It need not be your real name."),
    )
    borough = SelectField(_l("Borough"), [Optional()], filters=[_or_nothing])
    connections = CheckboxesField(
        _l("What connects you to London?"),
        [Optional()],
        choices=wording.choices(wording.CONNECTION_NAMES),
        description=_l("Choose all that apply."),
    )
    birth_month = SelectField(_l("Month"), [Optional()], coerce=_number_or_nothing)
    birth_year = IntegerField(_l("Year"))
    tenure = SelectField(
        _l("Your home"),
        [Optional()],
        filters=[_or_nothing],
        choices=wording.choices(wording.TENURE_NAMES, empty=NOT_SAID),
    )
    work_status = SelectField(
        _l("Your work"),
        [Optional()],
        filters=[_or_nothing],
        choices=wording.choices(wording.WORK_STATUS_NAMES, empty=NOT_SAID),
    )

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.borough.choices = [
            ("", NOT_SAID),
            *sorted(((each.gss, each.name) for each in BOROUGHS), key=lambda pair: pair[1]),
        ]
        self.birth_month.choices = [("", _l("Month")), *((number, month) for number, month in enumerate(MONTHS, 1))]

    def validate_display_name(self, field: Any) -> None:
        """Refuse a name that is no name, or that seems to be another's."""
        tidied = names.tidy(field.data or "")
        if found := names.problem(tidied, staff=me().is_staff):
            raise ValidationError(wording.NAME_PROBLEMS[found])

    def validate_birth_year(self, field: Any) -> None:
        """A month and a year, both or none, of somebody old enough and not impossibly old."""
        year, month = field.data, self.birth_month.data
        if year is None and month is None:
            return
        if year is None or month is None:
            raise ValidationError(_l("Enter both the month and the year, or leave both empty."))
        today, minimum = clock.london_today(clock.now()), current_app.config["MINIMUM_AGE"]
        if not OLDEST_BIRTH_YEAR <= year <= today.year:
            raise ValidationError(_l("Enter a year with four digits, like 1984."))
        if not age_is_enough(year, month, year=today.year, month=today.month, minimum=minimum):
            raise ValidationError(_l("You must be %(age)s or older to have an account here.", age=minimum))


class EqualityStartForm(Form):
    """Whether one wants to answer at all."""

    answer = RadioField(
        _l("Do you want to answer the equality questions?"),
        [Required(_l("Choose whether you want to answer the equality questions."))],
        choices=[
            ("yes", _l("Yes, answer the equality questions (takes 2 minutes)")),
            ("no", _l("No, skip the equality questions")),
        ],
    )


class EqualityForm(Form):
    """One equality question, with words of one's own where the pattern offers them."""

    answer = RadioField(
        validate_choice=True, validators=[Required(_l("Choose an answer, or choose “Prefer not to say”."))]
    )
    own_words = TextField(validators=[Length(max=equality.OWN_WORDS_LENGTH)])

    def asking(self, question: str, answers: dict[str, str]) -> "EqualityForm":
        """This form about one question, given the answers so far."""
        self.answer.label.text = equality_wording.question_words(question, answers)
        self.answer.description = equality_wording.HINTS.get(question, "")
        self.answer.choices = [
            (code, equality_wording.answer_words(question, code, answers))
            for code in equality.options(question, answers)
        ]
        if question in equality.OWN_WORDS:
            self.own_words.label.text = equality_wording.OWN_WORDS_LABELS[question]
        else:
            del self.own_words
        return self


class LanguageForm(Form):
    """The language in which we write and speak."""

    language = RadioField(_l("Language"), [Required(_l("Choose a language."))])

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.language.choices = [(each.code, each.name) for each in enabled().values()]
