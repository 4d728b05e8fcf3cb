"""What can be typed by those who make versions by hand."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import (
    ChoiceRequired,
    FileField,
    Form,
    Length,
    RadioField,
    Required,
    SelectField,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.i18n import Words
from civic.formats.words import LANGUAGE_NAMES, SIGN_LANGUAGE, SLOT_NAMES

SPOKEN = [(code, Words(name, code)) for code, name in LANGUAGE_NAMES.items() if code != SIGN_LANGUAGE]


def is_web_address(form: Form, field: Any) -> None:
    """Refuse what no browser should be led to."""
    typed = field.data or ""
    host = typed.removeprefix("https://").partition("/")[0]
    if typed and (
        not typed.startswith("https://") or "." not in host or any(c.isspace() or c in "\"'<>\\@" for c in typed)
    ):
        raise ValidationError(_l("Enter a web address that begins with https://"))


class NewSlotForm(Form):
    """What is to be made, in which language."""

    kind = RadioField(
        _l("What do you want to add?"),
        [ChoiceRequired(_l("Choose what you want to add."))],
        choices=list(SLOT_NAMES.items()),
    )
    language = SelectField(
        _l("Language"), choices=SPOKEN, default="en",
        description=_l("For sign language: the language of the captions and the transcript."),
    )  # fmt: skip


class PointForm(Form):
    """One point of Easy Read."""

    text = TextAreaField(
        _l("Text"),
        [Required(_l("Write the text of the point.")), Length(max=600)],
        description=_l("One idea, in sentences of at most 15 words. A new line begins a new sentence on the page."),
    )
    picture = FileField(
        _l("Picture"), description=_l("JPEG, PNG or WebP, up to 8 MB. It should help to understand the text.")
    )
    alt = TextField(
        _l("What the picture shows"),
        [Required(_l("Say what the picture shows, for people who cannot see it.")), Length(max=300)],
    )


class _MediaForm(Form):
    transcript = TextAreaField(
        _l("Transcript"),
        [Length(max=40_000)],
        description=_l("Everything that is said, for people who read. Leave an empty line between paragraphs."),
    )
    transcript_language = SelectField(_l("Language of the transcript"), choices=SPOKEN)


class SoundForm(_MediaForm):
    """A recording with its transcript."""

    media = FileField(_l("Recording"), description=_l("An MP3 of up to 40 MB."))


class FilmForm(_MediaForm):
    """A film in British Sign Language with captions and transcript, here or elsewhere."""

    media = FileField(_l("Film"), description=_l("MP4 or WebM, up to 40 MB."))
    captions = FileField(_l("Captions"), description=_l("A WebVTT file (.vtt) that covers the whole film."))
    captions_language = SelectField(_l("Language of the captions"), choices=SPOKEN)
    url = TextField(
        _l("Or the address of the film on another site"),
        [Length(max=400), is_web_address],
        description=_l("It must have captions there. We lead to it and show nothing of that site on ours."),
    )
