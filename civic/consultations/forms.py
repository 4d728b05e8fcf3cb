"""What staff type about consultations."""

import re
from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l

from civic.consultations import wording
from civic.consultations.queries.consultations import RESERVED
from civic.consultations.rules.choices import DECISION_KINDS, DOCUMENT_KINDS, FATES
from civic.core.forms import (
    CheckboxesField,
    CheckboxField,
    DateField,
    DateTimeField,
    FileField,
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
from civic.core.i18n import LANGUAGES, current
from civic.places import BOROUGHS

MARKDOWN = _l("Leave an empty line between paragraphs. Begin a line with - for a list.")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def plain_slug(form: Form, field: Any) -> None:
    """Refuse what could not be an address, or is one already."""
    if field.data and not SLUG.fullmatch(field.data):
        raise ValidationError(_l("Use small letters, digits and single hyphens only."))
    if field.data in RESERVED:
        raise ValidationError(_l("Choose a different address: this one leads elsewhere."))


def web_address(form: Form, field: Any) -> None:
    """Refuse what is no address of a page."""
    parts = urlsplit(field.data or "")
    if field.data and (parts.scheme not in ("http", "https") or "." not in parts.netloc):
        raise ValidationError(_l("Enter a web address that begins with https://"))


def language_field() -> Any:
    """In which language something is written; the page's own unless it is changed."""
    return SelectField(
        _l("Which language is it in?"),
        choices=[(each.code, each.name) for each in LANGUAGES.values()],
        default=lambda: current().code if current().code in LANGUAGES else "en",
    )


def why_field(label: Any) -> Any:
    """A reason that everybody can read."""
    return TextAreaField(
        label,
        [Required(_l("Give the reason.")), Length(max=2000)],
        description=_l("Everybody can read it on the page of the consultation."),
    )


class NewForm(Form):
    """The beginning of a consultation."""

    question = TextField(
        _l("The question"),
        [Required(_l("Enter the question.")), Length(max=150)],
        description=_l("One question that people can answer, like “What should London do first against the heat?”"),
    )
    language = language_field()


class SeenForm(Form):
    """A form that knows which version stood there when it was opened."""

    edition = HiddenField()


class QuestionForm(SeenForm):
    """What is asked, of whom, and why."""

    question = TextField(_l("The question"), [Required(_l("Enter the question.")), Length(max=150)])
    summary = TextAreaField(
        _l("In one or two sentences"),
        [Length(max=400)],
        description=_l("It stands in lists, below the question."),
    )
    background = TextAreaField(_l("Background"), [Length(max=20_000)], description=MARKDOWN)
    language = language_field()
    boroughs = CheckboxesField(
        _l("Boroughs it is about"),
        choices=[(each.gss, each.name) for each in sorted(BOROUGHS, key=lambda each: each.name)],
        description=_l("Tick none if it is about all of London."),
    )
    slug = TextField(
        _l("Address"),
        [Required(_l("Enter an address.")), Length(max=80), plain_slug],
        description=_l("The last part of the page’s address."),
    )  # fmt: skip


class ChangeForm(SeenForm):
    """What is still open."""

    can_change = TextAreaField(
        _l("What can still change"),
        [Length(max=5000)],
        description=_l("What people say can change this. It must be true: nothing here may have been decided."),
    )
    cannot_change = TextAreaField(
        _l("What cannot change"),
        [Length(max=5000)],
        description=_l("What is fixed already, by law, by money or by an earlier decision, and why."),
    )


class DatesForm(SeenForm):
    """When people can take part, and when it is decided."""

    opens_at = DateTimeField(
        _l("Opens"), [Optional()], description=_l("A London date and time, like 12 1 2027, 09:00.")
    )
    closes_at = DateTimeField(
        _l("Closes"), [Optional()], description=_l("Without a time it closes a minute before midnight.")
    )


class PeopleForm(SeenForm):
    """Who answers, and who decides."""

    officer_id = SelectField(
        _l("Responsible officer"), coerce=int, description=_l("They are reminded of the answer that is promised.")
    )
    contact = TextField(
        _l("Team that people can turn to"),
        [Length(max=150)],
        description=_l("Everybody sees this; the officer’s name is not shown."),
    )  # fmt: skip
    decision_maker = TextField(_l("Who decides"), [Length(max=150)], description=_l("The person’s name."))
    decision_role = TextField(_l("Their role"), [Length(max=150)], description=_l("Like Mayor of London."))
    decision_kind = SelectField(
        _l("Form of the decision"), choices=[(code, wording.DECISION_KINDS[code]) for code in DECISION_KINDS]
    )
    decision_on = DateField(_l("When the decision is expected"), [Optional()])


class EqualityForm(SeenForm):
    """What is known about the effects on different people."""

    equality_note = TextAreaField(
        _l("What we know about the effects on different people"),
        [Length(max=5000)],
        description=_l("Or add an equality impact assessment to the documents. One of the two is needed."),
    )


class DocumentForm(Form):
    """Something to read: a link or a file."""

    kind = SelectField(_l("What is it?"), choices=[(code, wording.DOCUMENT_KINDS[code]) for code in DOCUMENT_KINDS])
    title = TextField(_l("Title"), [Required(_l("Enter a title.")), Length(max=150)])
    language = SelectField(_l("Which language is it in?"), choices=list(wording.LANGUAGE_NAMES.items()), default="en")
    published_on = DateField(_l("Date of the document"), [Required(_l("Enter the date of the document."))])
    url = TextField(_l("Web address"), [Length(max=500), web_address])
    file = FileField(_l("Or a file"), description=_l("A PDF, PNG or JPEG of at most 8 MB."))

    def validate(self, extra_validators: Any = None) -> bool:
        """One of the two places is needed, and only one."""
        fine = super().validate(extra_validators)
        if self.is_submitted() and bool(self.url.data) == bool(self.file.data):
            self.url.errors = [*self.url.errors, _l("Enter a web address or choose a file, one of the two.")]
            return False
        return fine


class ActivityForm(Form):
    """Which activity to put in."""

    activity = SelectField(_l("What to add"), choices=[])


class UpdateForm(Form):
    """Dated news."""

    title = TextField(_l("Headline"), [Required(_l("Enter a headline.")), Length(max=150)])
    text = TextAreaField(_l("Text"), [Required(_l("Enter the text.")), Length(max=10_000)], description=MARKDOWN)
    language = language_field()


class ExtensionForm(Form):
    """More time."""

    closes_at = DateTimeField(_l("New closing date"), [Required(_l("Enter the new closing date."))])
    why = why_field(_l("Why is more time given?"))


class ClosureForm(Form):
    """An early end."""

    why = why_field(_l("Why does it close earlier than announced?"))


class WithdrawalForm(Form):
    """An end without an answer."""

    why = why_field(_l("Why is it withdrawn?"))


class DelayForm(Form):
    """Why the answer is late."""

    why = why_field(_l("Why is the answer late, and when will it come?"))


class SummaryForm(Form):
    """The outcome in short."""

    summary = TextAreaField(
        _l("What we heard and what was decided, in short"),
        [Required(_l("Enter the summary.")), Length(max=20_000)],
        description=MARKDOWN,
    )


class ThemeForm(Form):
    """One thing that was heard."""

    title = TextField(_l("Theme"), [Required(_l("Enter the theme.")), Length(max=150)])
    heard = TextAreaField(
        _l("What we heard"),
        [Required(_l("Say what was heard.")), Length(max=10_000)],
        description=_l("In your own words, so that nobody can be recognised."),
    )


class DecisionForm(Form):
    """One thing that was decided."""

    decided = TextAreaField(_l("We decided"), [Required(_l("Say what was decided.")), Length(max=10_000)])
    because = TextAreaField(_l("Because"), [Required(_l("Say why it was decided so.")), Length(max=10_000)])
    number = TextField(
        _l("Number of the decision"),
        [Required(_l("Enter the number of the decision.")), Length(max=40)],
        description=_l("Like MD2300, DD2744 or ADD391."),
    )
    decided_on = DateField(_l("Date of the decision"), [Required(_l("Enter the date of the decision."))])
    url = TextField(_l("Where the decision can be read (optional)"), [Length(max=500), web_address])
    themes = CheckboxesField(_l("Which themes does it answer?"), coerce=int, choices=[])


def fate_choices() -> list[tuple[str, Any]]:
    """Every fate in words, and none."""
    return [("", _l("Not decided yet")), *((code, wording.FATES[code]) for code in FATES)]


class LinkForm(Form):
    """Where the ticked contributions go."""

    theme = SelectField(_l("Theme"), choices=[])
    fate = SelectField(_l("What became of it"), choices=[], default="")
    why = TextAreaField(
        _l("Why"), [Length(max=2000)], description=_l("Whoever gave it reads this, once the outcome is published.")
    )

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.fate.choices = fate_choices()


class SettleForm(Form):
    """What became of everything in a theme."""

    fate = RadioField(
        _l("What became of it"),
        [Required(_l("Choose what became of it."))],
        choices=[(code, wording.FATES[code]) for code in FATES],
    )
    why = TextAreaField(
        _l("Why"), [Length(max=2000)], description=_l("Whoever gave it reads this, once the outcome is published.")
    )


class SendBackForm(Form):
    """What is still to be done."""

    why = TextAreaField(_l("What is still to be done? (optional)"), [Length(max=2000)])


class SignForm(SeenForm):
    """The second person's signature."""

    read = CheckboxField(
        _l("I have read what people said and what was decided, and I wrote no part of it."),
        [Required(_l("Tick the box once you have read it."))],
    )


class SearchForm(Form):
    """What to look for among contributions."""

    class Meta:
        """A search changes nothing, so it carries no token into the address."""

        csrf = False

    q = TextField(_l("Words to look for"), [Length(max=100)])
