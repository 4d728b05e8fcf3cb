"""Forms of the builder: a survey's beginnings and settings, a section, a question of any kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import (
    CheckboxesField,
    CheckboxField,
    DateField,
    FileField,
    Form,
    HiddenField,
    IntegerField,
    Length,
    NumberField,
    RadioField,
    Required,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.i18n import LANGUAGES, Words
from civic.surveys.models.survey import FEWEST_SHOWN
from civic.surveys.rules.questionnaire import KEY

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
LEVEL_CHOICES = [
    ("nothing", _l("Anyone, without an account")),
    ("email_confirmed", _l("Members with a confirmed email address")),
    ("borough_given", _l("Members who have told us their borough")),
]
ANONYMITY_CHOICES = [
    ("anonymous", _l("Anonymous: nobody, not even we, can tell who gave which answers")),
    ("identified", _l("Named: answers are kept together with the member’s account")),
]


# Addresses of the staff pages beside the surveys' own.
RESERVED = ("new", "import", "imports")


def _slug(form: Form, field: Any) -> None:
    if field.data in RESERVED:
        raise ValidationError(_l("Another survey already has this address. Choose a different one."))
    if field.data and (not SLUG.match(field.data) or len(field.data) > 80):
        raise ValidationError(_l("Use small letters, digits and single hyphens only, like park-survey-2026."))


class CreateSurveyForm(Form):
    """What a new survey needs: a title, and the language it is written in."""

    title = TextField(
        _l("Title"), [Required(_l("Enter a title.")), Length(150)], description=_l("As participants will see it.")
    )
    language = RadioField(
        _l("Language you are writing in"),
        choices=[(each.code, Words(each.name, each.code)) for each in LANGUAGES.values()],
        default="en",
    )
    slug = TextField(
        _l("Address (optional)"),
        [_slug],
        description=_l("The last part of the survey’s web address. Made from the title if left empty."),
    )


class ImportForm(Form):
    """An XLSForm to import."""

    file = FileField(_l("XLSForm workbook"), description=_l("An Excel file (.xlsx) of up to 4 MB."))
    slug = TextField(_l("Address (optional)"), [_slug], description=_l("Made from the form’s title if left empty."))

    def validate_file(self, field: Any) -> None:
        """A file must have been chosen."""
        if not field.data or not getattr(field.data, "filename", ""):
            raise ValidationError(_l("Select a file."))


class SettingsForm(Form):
    """What stands around the questionnaire."""

    title = TextField(_l("Title"), [Required(_l("Enter a title.")), Length(150)])
    summary = TextAreaField(
        _l("Summary"), [Length(400)], description=_l("One or two sentences for lists and the start page.")
    )
    purpose = TextAreaField(
        _l("What happens with the answers"),
        [Length(2000)],
        description=_l("Who reads them, what they will be used to decide, and when people will hear what came of it."),
    )
    languages = CheckboxesField(
        _l("Translations"), description=_l("The languages the survey is offered in besides its own.")
    )
    who_may_answer = RadioField(_l("Who may answer"), choices=LEVEL_CHOICES)
    anonymity = RadioField(_l("Promise to participants"), choices=ANONYMITY_CHOICES)
    one_answer_each = CheckboxField(_l("Only one response from each person"))
    suppress_below = IntegerField(
        _l("Smallest group shown in results"),
        [Required(_l("Enter a number."))],
        description=_l("Smaller groups are hidden so that nobody can be recognised."),
    )
    slug = TextField(
        _l("Address"), [Required(_l("Enter an address.")), _slug], description=_l("The last part of the web address.")
    )
    edition = HiddenField()

    def validate_suppress_below(self, field: Any) -> None:
        """Never fewer than ten, so that published cells stay safe."""
        if field.data is not None and not FEWEST_SHOWN <= field.data <= 1000:
            raise ValidationError(_l("Enter a number between %(low)s and 1000.", low=FEWEST_SHOWN))


class SectionForm(Form):
    """A section's own words."""

    title = TextField(
        _l("Section title"),
        [Required(_l("Enter a title.")), Length(150)],
        description=_l("The heading of one page of the survey."),
    )
    intro = TextAreaField(
        _l("Introduction (optional)"), [Length(2000)], description=_l("What people should know before they answer.")
    )
    edition = HiddenField()


class QuestionForm(Form):
    """A question of any kind; question_form() takes away the fields that its kind does not have."""

    text = TextAreaField(_l("Question"), [Required(_l("Enter the question.")), Length(1000)])
    hint = TextAreaField(
        _l("Help text (optional)"), [Length(500)], description=_l("Shown in smaller type under the question.")
    )
    rows = TextAreaField(
        _l("Statements"),
        [Length(20000)],
        description=_l("One a line. Each becomes a question of its own with the same answers."),
    )
    options = TextAreaField(
        _l("Answers to choose from"), [Length(40000)], description=_l("One a line, in the order shown.")
    )
    other = CheckboxField(_l("Add “Other”, with a field to say what"))
    decline = CheckboxField(_l("Add “Prefer not to say”"))
    none_of_these = CheckboxField(_l("Add “None of these”, which cannot be combined with other answers"))
    exclusive = CheckboxesField(_l("Answers that cannot be combined with others"))
    minimum = NumberField(_l("Smallest number allowed (optional)"))
    maximum = NumberField(_l("Largest number allowed (optional)"))
    decimals = IntegerField(_l("Decimal places"), description=_l("0 for whole numbers."))
    unit = TextField(
        _l("Unit (optional)"), [Length(40)], description=_l("Shown after the number, for example minutes.")
    )
    labels = TextAreaField(
        _l("Words for the points (optional)"),
        [Length(3000)],
        description=_l(
            "One a line: two lines name the lowest and the highest point, or one line for each point from lowest to highest."
        ),
    )
    earliest = DateField(_l("Earliest date allowed (optional)"))
    latest = DateField(_l("Latest date allowed (optional)"))
    required = CheckboxField(_l("An answer is required"))
    key = TextField(
        _l("Name in exported data (optional)"),
        [Length(40)],
        description=_l(
            "Small letters, digits and underscores. Made from the question if left empty; it cannot change later."
        ),
    )
    edition = HiddenField()

    def validate_key(self, field: Any) -> None:
        """A name that export formats can carry."""
        if field.data and not KEY.match(field.data):
            raise ValidationError(_l("Begin with a letter and use only small letters, digits and underscores."))

    def validate_decimals(self, field: Any) -> None:
        """Up to six decimal places."""
        if field.data is not None and not 0 <= field.data <= 6:
            raise ValidationError(_l("Enter a number between 0 and 6."))

    def validate_labels(self, field: Any) -> None:
        """Two lines, or one for each point."""
        lines = lines_of(field.data)
        points = _points(self)
        if lines and len(lines) not in (2, points):
            raise ValidationError(
                _l(
                    "Enter two lines, or one for each of the %(points)s points. There are %(lines)s.",
                    points=points,
                    lines=len(lines),
                )
            )

    def validate_minimum(self, field: Any) -> None:
        """Choices, points and characters are counted in whole numbers."""
        _whole_where_counted(self, field)

    def validate_maximum(self, field: Any) -> None:
        """Choices, points and characters are counted in whole numbers."""
        _whole_where_counted(self, field)


class ReasonForm(Form):
    """A reason that stands on record."""

    why = TextAreaField(_l("Reason"), [Length(1000)], description=_l("Kept on record with your name and the time."))


FIELDS_OF: dict[str, tuple[str, ...]] = {
    "single": ("options", "other", "decline"),
    "multiple": ("options", "other", "decline", "none_of_these", "exclusive", "minimum", "maximum"),
    "yes_no": (),
    "scale": ("minimum", "maximum", "labels"),
    "matrix": ("rows", "options", "decline"),
    "ranking": ("options", "minimum", "maximum"),
    "number": ("minimum", "maximum", "decimals", "unit"),
    "short_text": ("maximum",),
    "long_text": ("maximum",),
    "date": ("earliest", "latest"),
    "borough": (),
    "information": (),
}
OF_EVERY_KIND = ("text", "hint", "required", "edition", "csrf_token")
RENAMED: dict[tuple[str, str], Any] = {
    ("multiple", "minimum"): _l("Fewest answers to select (optional)"),
    ("multiple", "maximum"): _l("Most answers to select (optional)"),
    ("ranking", "minimum"): _l("Fewest to put in order (optional)"),
    ("ranking", "maximum"): _l("Most to put in order (optional)"),
    ("scale", "minimum"): _l("Lowest point"),
    ("scale", "maximum"): _l("Highest point"),
    ("short_text", "maximum"): _l("Longest answer in characters (optional)"),
    ("long_text", "maximum"): _l("Longest answer in characters (optional)"),
    ("information", "text"): _l("Text"),
    ("matrix", "text"): _l("Question that introduces the statements"),
}


def question_form(
    kind: str, *, is_new: bool, data: dict[str, Any] | None = None, exclusive: list[tuple[str, Any]] | None = None
) -> QuestionForm:
    """The form for a question of this kind; `exclusive` are its options by key, once it has some."""
    form = QuestionForm(data=data or {})
    form.question_kind = kind
    keep = {*OF_EVERY_KIND, *FIELDS_OF[kind], *(("key",) if is_new else ())}
    if is_new or not exclusive:
        keep.discard("exclusive")
    if not is_new:
        keep -= {"decline", "none_of_these"}
    if kind == "information":
        keep -= {"required", "hint"}
    for name in [name for name in form._fields if name not in keep]:
        del form[name]
    if "exclusive" in form:
        form.exclusive.choices = exclusive
    for (of, name), label in RENAMED.items():
        if of == kind and name in form:
            form[name].label.text = label
    return form


def lines_of(text: str | None) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _points(form: QuestionForm) -> int:
    low, high = (_whole(form, name, default) for name, default in (("minimum", 1), ("maximum", 5)))
    return high - low + 1


def _whole(form: QuestionForm, name: str, default: int) -> int:
    data = form[name].data if name in form else None
    return default if data is None else int(data)


def _whole_where_counted(form: Any, field: Any) -> None:
    counted: Callable[[str], bool] = lambda kind: kind != "number"  # noqa: E731
    if field.data is not None and counted(form.question_kind) and field.data != int(field.data):
        raise ValidationError(_l("Enter a whole number, like 12."))
