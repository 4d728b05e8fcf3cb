"""What staff do with discussions: topics, threads, official answers, what becomes of ideas."""

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import (
    CheckboxField,
    Form,
    Length,
    Optional,
    RadioField,
    Required,
    SelectField,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.i18n import Words
from civic.discussions.forms.talk import HOW_TO_WRITE, WritingForm, languages
from civic.discussions.rules.choices import REASON_MOST, ROLE_MOST, TEXT_MOST, TITLE_MOST
from civic.discussions.wording import IDEA_VERBS, KIND_NAMES, PAUSES

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TAKEN = frozenset({"feed", "search", "drafts", "pictures", "new"})
"""Names of other pages beside the topics."""


def _office() -> TextField:
    return TextField(
        _l("Your role, as everybody sees it"),
        [Required(_l("Say in which role you answer.")), Length(max=ROLE_MOST)],
        description=_l(
            "For example: Head of Air Quality, Greater London Authority. Your display name stands before it."
        ),
    )


def _why(label: Any, hint: Any, missing: Any) -> TextAreaField:
    return TextAreaField(label, [Required(missing), Length(max=REASON_MOST)], description=hint)


class TopicForm(Form):
    """A topic."""

    title = TextField(_l("Name of the topic"), [Required(_l("Give the topic a name.")), Length(max=80)])
    summary = TextAreaField(
        _l("What is it about?"),
        [Required(_l("Say what it is about.")), Length(max=300)],
        description=_l("One or two plain sentences. They stand below the name."),
    )
    language = SelectField(_l("Which language do you write in?"), choices=languages)
    slug = TextField(
        _l("Address"),
        [Optional(), Length(max=80)],
        description=_l(
            "Small letters, digits and hyphens. If you leave it empty, we make it from the name. "
            "If you change it, the old address leads to the new one."
        ),
    )
    members_open = CheckboxField(_l("Members may open discussions in it"))
    waits = CheckboxField(
        _l("Everything waits for a moderator before it is shown"),
        description=_l("For topics where harm is likely. People are told before they write."),
    )
    pause_seconds = SelectField(
        _l("Slow mode"),
        choices=list(PAUSES.items()),
        coerce=int,
        description=_l("How long somebody waits between two comments of theirs."),
    )

    def validate_slug(self, field: TextField) -> None:
        """An address of small letters, digits and single hyphens, and not another page's."""
        if field.data and not SLUG.fullmatch(field.data):
            raise ValidationError(_l("Use small letters, digits and single hyphens only."))
        if field.data in TAKEN:
            raise ValidationError(_l("Another page stands at this address. Choose a different one."))


class OfficialThreadForm(WritingForm):
    """A thread that the city opens: a question, a list of ideas, a discussion."""

    kind = RadioField(
        _l("What is it?"),
        [Required(_l("Choose what it is."))],
        choices=[(k, KIND_NAMES[k]) for k in ("question", "ideas", "discussion")],
    )
    title = TextField(_l("Question or title"), [Required(_l("Write a title.")), Length(max=TITLE_MOST)])
    text = TextAreaField(
        _l("Background"),
        [Required(_l("Write what people should know before they answer.")), Length(max=TEXT_MOST)],
        description=HOW_TO_WRITE,
    )
    as_role = _office()


class AnswerForm(WritingForm):
    """An official answer."""

    text = TextAreaField(
        _l("The official answer"),
        [Required(_l("Write the answer.")), Length(max=TEXT_MOST)],
        description=_l("It stands first on the page, with your name and role. Everybody who took part is told."),
    )
    as_role = _office()


class LockForm(Form):
    """Why something ends, or goes on."""

    why = _why(_l("Reason"), _l("It stands on the page of the thread for everybody to read."), _l("Give a reason."))


class MoveForm(Form):
    """Where a thread belongs."""

    topic = SelectField(
        _l("Topic"),
        [Required(_l("Choose a topic."))],
    )
    why = _why(_l("Reason"), _l("It is kept on record."), _l("Give a reason."))

    def __init__(self, topics: Iterable[tuple[str, Words]], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.topic.choices = list(topics)


class IdeaForm(Form):
    """What becomes of an idea, and why."""

    verb = RadioField(_l("What becomes of it?"), [Required(_l("Choose what becomes of it."))])
    reason = _why(
        _l("Why?"),
        _l("In plain words. Everybody can read it, and whoever had the idea is told."),
        _l("Say why. Whoever had the idea deserves a reason."),
    )
    language = SelectField(_l("Which language do you write in?"), choices=languages)
    as_role = _office()

    def __init__(self, verbs: Iterable[str], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.verb.choices = [(verb, IDEA_VERBS[verb]) for verb in verbs]


class PollForm(Form):
    """A poll that stands in a thread."""

    poll = SelectField(_l("Survey"), description=_l("It stands on the thread’s page as a card with a link."))

    def __init__(self, offered: Iterable[tuple[str, Words]], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.poll.choices = [("", _l("No poll")), *offered]
