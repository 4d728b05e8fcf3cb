"""What can be typed: preferences, a report of a barrier, an answer to one."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.accessibility import wording
from civic.accessibility.rules import CHOICES
from civic.accounts.rules.links import safe_next
from civic.core.forms import (
    CheckboxField,
    DateField,
    EmailAddress,
    EmailField,
    Form,
    HiddenField,
    Length,
    Optional,
    RadioField,
    Required,
    SelectField,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.i18n import LANGUAGES, enabled

CRITERION = re.compile(r"[1-4]\.\d{1,2}\.\d{1,2}")


def _choice(name: str, label: Any, hint: Any = "") -> RadioField:
    return RadioField(
        label, choices=list(wording.PREFERENCES[name].items()), default=CHOICES[name][0], description=hint,
        validate_choice=True,
    )  # fmt: skip


class PreferencesForm(Form):
    """How pages are shown, and in which language."""

    text = _choice("text", _l("Size of the text"))
    theme = _choice("theme", _l("Colours"))
    spacing = _choice("spacing", _l("Spacing"))
    font = _choice("font", _l("Typeface"), _l("People differ in what they read best. Try it and see."))
    links = _choice("links", _l("Links, and where I am on the page"))
    view = _choice("view", _l("Surveys"))
    language = RadioField(_l("Language"), validate_choice=True)
    next = HiddenField()

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.language.choices = [(each.code, each.name) for each in enabled().values()]


class BarrierForm(Form):
    """What stopped somebody."""

    happened = TextAreaField(
        _l("What happened?"),
        [Required(_l("Tell us what happened.")), Length(max=5000)],
        description=_l("For example: “I could not get to the button with my keyboard.” If you use a screen reader, magnifier "
                       "or other aid, its name helps us."),
    )  # fmt: skip
    wanted = TextAreaField(_l("What were you trying to do? (optional)"), [Length(max=2000)])
    page = TextField(
        _l("Which page was it? (optional)"),
        [Length(max=500)],
        description=_l("Its address, or simply its name."),
    )
    contact_by = RadioField(
        _l("How should we tell you what we did?"),
        [Required(_l("Choose how we should tell you, or that we need not."))],
        choices=list(wording.CONTACTS.items()),
        validate_choice=True,
    )
    email = EmailField(_l("Email address"), [Length(max=254)])
    phone = TextField(
        _l("Phone number"),
        [Length(max=60)],
        description=_l("Say if you would like a text message, or a call through Relay UK."),
    )
    website = TextField(_l("If you are a person, leave this box empty"))

    def validate_email(self, field: EmailField) -> None:
        """An address is needed only where we are to write to it."""
        if self.contact_by.data != "email":
            field.data = ""
        elif not field.data:
            raise ValidationError(_l("Enter your email address, or choose another way."))
        else:
            EmailAddress()(self, field)

    def validate_phone(self, field: TextField) -> None:
        """A number is needed only where we are to ring it."""
        if self.contact_by.data != "phone":
            field.data = ""
        elif sum(each.isdigit() for each in field.data or "") < 6:
            raise ValidationError(_l("Enter a phone number we can ring, or choose another way."))

    @property
    def came_from_a_machine(self) -> bool:
        """Whether the box that people are asked to leave empty was filled in."""
        return bool(self.website.data)


class AnswerForm(Form):
    """What becomes of a report."""

    verb = RadioField(_l("What have you done?"), [Required(_l("Choose what you have done."))], validate_choice=True)
    why = TextAreaField(
        _l("What should the person know?"),
        [Required(_l("Write what the person should know.")), Length(max=2000)],
        description=_l(
            "In plain words: what you found, what happens next, and how to get there meanwhile. We send it to them."
        ),
    )


class SummaryForm(Form):
    """What the public register says."""

    summary = TextAreaField(
        _l("Summary for the public register"),
        [Length(max=500)],
        description=_l("In your own words. Leave out everything that could tell who reported it."),
    )
    language = SelectField(
        _l("Which language is it in?"), choices=lambda: [(each.code, each.name) for each in LANGUAGES.values()]
    )
    meanwhile = TextAreaField(
        _l("What people can do meanwhile (optional)"),
        [Length(max=500)],
        description=_l("For a known problem. It stands in the accessibility statement, with the summary."),
    )
    criterion = TextField(
        _l("Criterion of WCAG 2.2 (optional)"), [Length(max=8)], description=_l("Its number, like 1.4.4.")
    )
    fix_by = DateField(_l("Fixed by (optional)"), [Optional()])
    published = CheckboxField(_l("Show this summary in the public register"))

    def validate_criterion(self, field: TextField) -> None:
        """Three numbers with dots between them, or nothing."""
        if field.data and not CRITERION.fullmatch(field.data):
            raise ValidationError(_l("Enter three numbers with dots between them, like 1.4.4."))

    def validate_summary(self, field: TextAreaField) -> None:
        """There must be something to publish."""
        if self.published.data and not field.data:
            raise ValidationError(_l("Write a summary before you publish it."))


def same_site(target: str | None) -> str:
    """The path of a page of ours, or nothing."""
    return safe_next(target) or ""
