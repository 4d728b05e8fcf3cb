"""What can be typed: translations, suggestions, decisions, words of the glossary, files."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import (
    CheckboxField,
    FileField,
    Form,
    HiddenField,
    Length,
    RadioField,
    Required,
    SelectField,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.i18n import LANGUAGES
from civic.core.translatable import Source
from civic.translation.rules.choices import TEXT_MOST
from civic.translation.wording import FORMATS

WHY_MOST = 500
WHY = _l("Why it is right as it is")


def _why(hint: Any) -> TextAreaField:
    return TextAreaField(WHY, [Length(max=WHY_MOST)], description=hint)


class EditorForm(Form):
    """The texts of a thing in one language; for each its words, what stood there when the page was drawn, and whether it still fits."""

    why = _why(_l("Only where something is marked that should stay: it is kept with the translation."))

    def text(self, field: str) -> TextAreaField:
        """Where one text is written."""
        return self[f"text_{field}"]

    def seen(self, field: str) -> HiddenField:
        """The mark of what stood there when the page was drawn."""
        return self[f"seen_{field}"]

    def fits(self, field: str) -> CheckboxField:
        """Whether a translation whose original moved on still fits."""
        return self[f"fits_{field}"]


def editor_form(sources: Mapping[str, Source]) -> type[EditorForm]:
    """The form for these texts."""
    fields: dict[str, Any] = {}
    for name, source in sources.items():
        most = source.most or TEXT_MOST
        fields[f"text_{name}"] = TextAreaField(source.label, [Length(max=most)])
        fields[f"seen_{name}"] = HiddenField()
        fields[f"fits_{name}"] = CheckboxField(_l("The translation still fits the changed original"))
    return type("EditorOfThese", (EditorForm,), fields)


class SuggestionForm(Form):
    """One text as a member would translate it."""

    text = TextAreaField(_l("Your translation"), [Required(_l("Write your translation.")), Length(max=TEXT_MOST)])
    why = _why(_l("Only where something is marked that should stay: a translator reads it."))


class DecisionForm(Form):
    """What becomes of a suggestion."""

    verb = RadioField(
        _l("What becomes of it?"),
        [Required(_l("Choose what becomes of it."))],
        choices=[("approve", _l("Take it: readers see it from now on")), ("decline", _l("Do not take it"))],
        validate_choice=True,
    )
    reason = TextAreaField(
        _l("Why"),
        [Length(max=WHY_MOST)],
        description=_l("Whoever suggested it reads this. Needed where you do not take it, or where it breaks a rule."),
    )

    def validate_reason(self, field: TextAreaField) -> None:
        """Whoever took the trouble hears why it was not taken."""
        if self.verb.data == "decline" and not field.data:
            raise ValidationError(_l("Say why it is not taken."))


class TermForm(Form):
    """A word of the glossary."""

    term = TextField(_l("Word or phrase in English"), [Required(_l("Write the word.")), Length(max=120)])
    language = SelectField(
        _l("Language"), choices=lambda: [(code, each.name) for code, each in LANGUAGES.items() if code != "en"]
    )
    translation = TextField(
        _l("How it is said in that language"), [Required(_l("Write how it is said.")), Length(max=120)]
    )
    is_locked = CheckboxField(
        _l("Locked"),
        description=_l("Nothing else will do: a translation that says it otherwise needs a reason. Words that change their "
                       "endings are better left open."),
    )  # fmt: skip
    note = TextAreaField(_l("Note for translators (optional)"), [Length(max=500)])
    seen = HiddenField()


class RemovalForm(Form):
    """Nothing but the wish to remove."""


class FileForm(Form):
    """A file that comes back from a translator."""

    file = FileField(
        _l("File"),
        [Required(_l("Choose a file."))],
        description=_l(
            "PO, XLIFF 1.2 or CSV, made here, of up to 6 MB. You see what it would change before anything does."
        ),
    )


class TakeOverForm(Form):
    """That what a file changes is taken over."""

    why = _why(_l("Entries that break a rule are taken over only with a reason; without one they are left out."))


class ExportForm(Form):
    """Which texts are put into a file."""

    class Meta:
        """It only reads, so it carries no token."""

        csrf = False

    language = SelectField(_l("Language"), choices=lambda: [(code, each.name) for code, each in LANGUAGES.items()])
    kind = SelectField(_l("What"))
    format = SelectField(_l("Format"), choices=lambda: [(code, str(name)) for code, name in FORMATS.items()])
