"""What members say: a comment or an answer, an idea, a thread of their own, a picture that goes with it."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.detecting import AUTO, language_choices, language_of
from civic.core.forms import CheckboxField, FileField, Form, Length, Required, SelectField, TextAreaField, TextField
from civic.core.i18n import LANGUAGES, current
from civic.discussions.rules.choices import ALT_MOST, TEXT_MOST, TITLE_MOST

HOW_TO_WRITE = _l(
    "An empty line begins a paragraph, **two stars** make bold, a dash begins a list, > begins a quotation. "
    "@ before a display name tells that person."
)


def languages() -> list[tuple[str, str]]:
    """The languages of the site, for what staff write, each by its own name."""
    return [(each.code, each.name) for each in LANGUAGES.values()]


class WritingForm(Form):
    """What every text comes with: its language, and a picture that can be put into it."""

    text: TextAreaField
    language = SelectField(_l("Which language do you write in?"), choices=language_choices)
    picture = FileField(_l("Picture"), description=_l("A JPEG, PNG or WebP file of up to 8 MB."))
    alt = TextField(
        _l("Describe the picture"),
        [Length(max=ALT_MOST)],
        description=_l("For people who cannot see it: what does it show that matters here?"),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.is_submitted() and not self.language.data:
            self.language.data = AUTO

    @property
    def has_picture(self) -> bool:
        """Whether a picture was begun: chosen, or described."""
        return bool(self.picture.data or self.alt.data)

    @property
    def words(self) -> dict[str, Any]:
        """Title, text and language as they were typed; where no language was chosen, the one that the text is found to be in."""
        typed: dict[str, Any] = {name: str(self[name].data or "") for name in ("title", "text") if name in self}
        said = "\n\n".join(filter(None, (typed.get("title"), typed.get("text"))))
        return typed | {"language": language_of(said, self.language.data, current().code)}


def _text(label: Any, missing: Any, hint: Any = HOW_TO_WRITE) -> TextAreaField:
    return TextAreaField(label, [Required(missing), Length(max=TEXT_MOST)], description=hint)


class CommentForm(WritingForm):
    """A comment, or an answer to one."""

    text = _text(_l("Your comment"), _l("Write your comment."))
    follow = CheckboxField(_l("Tell me when something new is said here"))


class IdeaForm(WritingForm):
    """An idea for a list of ideas."""

    title = TextField(
        _l("Your idea in a few words"), [Required(_l("Say your idea in a few words.")), Length(max=TITLE_MOST)]
    )
    text = _text(_l("Describe your idea"), _l("Describe your idea."))
    follow = CheckboxField(_l("Tell me when something new is said here"))


class ThreadForm(WritingForm):
    """A discussion that a member opens."""

    title = TextField(
        _l("Title"),
        [Required(_l("Write a title.")), Length(max=TITLE_MOST)],
        description=_l("Say in a few words what it is about, so that others find it."),
    )
    text = _text(_l("What do you want to talk about?"), _l("Write what you want to talk about."))
