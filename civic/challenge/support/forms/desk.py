"""What mentors say of themselves, and what staff type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.challenge.forms.talk import Written, languages
from civic.challenge.support.forms.journeys import ResultForm
from civic.challenge.support.rules.choices import LONG_MOST, NEEDS, TEXT_MOST, TOPICS, WAYS
from civic.challenge.support.wording import NEEDS as NEED_NAMES
from civic.challenge.support.wording import TOPICS as TOPIC_NAMES
from civic.challenge.support.wording import WAYS as WAY_NAMES
from civic.core.forms import (
    CheckboxesField,
    CheckboxField,
    DateTimeField,
    EmailAddress,
    EmailField,
    Form,
    IntegerField,
    Length,
    Optional,
    Required,
    SelectField,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.places import BOROUGHS


class MentorForm(Written):
    """A mentor's profile and offer."""

    title = TextField(
        _l("What you do"),
        [Required(_l("Say what you do.")), Length(max=120)],
        description=_l("For example: Head of Procurement, a London borough. It stands beside your display name."),
    )
    about = TextAreaField(
        _l("What you can help with"),
        [Required(_l("Say what you can help with.")), Length(max=TEXT_MOST)],
        description=_l("Everybody can read it."),
    )
    topics = CheckboxesField(
        _l("Topics that you know well"),
        [Required(_l("Choose at least one topic."))],
        choices=[(each, TOPIC_NAMES[each]) for each in TOPICS],
    )
    languages = CheckboxesField(
        _l("Languages in which you can help"), [Required(_l("Choose at least one language."))], choices=languages
    )
    hours = IntegerField(
        _l("How many hours can you give in this programme?"), [Required(_l("Enter a number of hours."))]
    )
    way = SelectField(_l("How do you meet startups?"), choices=[(each, WAY_NAMES[each]) for each in WAYS])
    borough = SelectField(_l("Borough in which you can meet"))
    interests = TextAreaField(
        _l("What could be a conflict of interest?"),
        [Length(max=TEXT_MOST)],
        description=_l("Shares, jobs, family: startups or partners that you should not advise. Only the programme team reads it."),
    )  # fmt: skip
    conflicts = CheckboxesField(_l("Startups in this programme that you may not help"), coerce=int)

    def __init__(self, startups: Iterable[tuple[int, Any]], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.conflicts.choices = list(startups)
        self.borough.choices = [("", _l("Anywhere in London")), *((each.gss, each.name) for each in BOROUGHS)]

    def validate_hours(self, field: IntegerField) -> None:
        """An hour at least, and no more than anybody has."""
        if field.data is not None and not 1 <= field.data <= 200:
            raise ValidationError(_l("Enter a number of hours between 1 and 200."))

    @property
    def profile(self) -> dict[str, Any]:
        """What was typed, as it is kept."""
        wanted = set(self.topics.data or ())
        return {
            "title": self.title.data, "about": self.about.data, "language": self.language.data,
            "topics": [each for each in TOPICS if each in wanted], "languages": sorted(self.languages.data or ()),
            "minutes": (self.hours.data or 0) * 60, "way": self.way.data, "borough": self.borough.data or None,
            "interests": self.interests.data or "",
        }  # fmt: skip


class InvitationForm(Form):
    """Whom staff ask to be a mentor."""

    email = EmailField(
        _l("Email address of a member"), [Required(_l("Enter an email address.")), EmailAddress()],
        description=_l("They need an account with a confirmed address. They are told, and can say no."),
    )  # fmt: skip


class DemoDayForm(Written):
    """A demo day. Without the first four fields on access it cannot be announced."""

    starts_at = DateTimeField(_l("When does it begin?"), [Required(_l("Say when it begins."))])
    ends_at = DateTimeField(_l("When does it end?"), [Required(_l("Say when it ends."))])
    registration_closes_at = DateTimeField(
        _l("Until when can people register?"), [Required(_l("Say until when people can register."))]
    )
    summary = TextAreaField(_l("What happens there"), [Length(max=TEXT_MOST)])
    place = TextAreaField(_l("Place and address"), [Length(max=TEXT_MOST)])
    step_free = TextAreaField(
        _l("Getting in without steps"), [Length(max=TEXT_MOST)],
        description=_l("The way from the street and from the nearest step-free station, lifts, toilets, where to park."),
    )  # fmt: skip
    hearing_loop = TextAreaField(_l("Hearing loop and captions"), [Length(max=TEXT_MOST)])
    sign_language = TextAreaField(
        _l("Sign language"), [Length(max=TEXT_MOST)], description=_l("How to ask for a British Sign Language interpreter, and until when.")
    )  # fmt: skip
    other_access = TextAreaField(
        _l("Other access information"), [Length(max=TEXT_MOST)], description=_l("Quiet room, assistance dogs, breaks, food.")
    )  # fmt: skip
    capacity = IntegerField(
        _l("How many people have room?"), [Optional()], description=_l("Leave it empty if there is no limit.")
    )
    recording_url = TextField(
        _l("Address of the recording"), [Length(max=500)], description=_l("It begins with https:// and has captions.")
    )
    is_captioned = CheckboxField(_l("The recording has captions that a person has checked"))

    def validate_capacity(self, field: IntegerField) -> None:
        """Room for somebody."""
        if field.data is not None and not 1 <= field.data <= 100_000:
            raise ValidationError(_l("Enter a number of people, 1 or more."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Times in their order; a recording is captioned."""
        fine = super().validate(extra_validators)
        if not self.is_submitted():
            return False
        start, end, close = self.starts_at.data, self.ends_at.data, self.registration_closes_at.data
        if start and end and end <= start:
            self.ends_at.errors = [_l("Choose an end that is after the beginning.")]
            fine = False
        if start and close and close > start:
            self.registration_closes_at.errors = [_l("Choose a moment before the day begins.")]
            fine = False
        address = self.recording_url.data or ""
        if address and not address.startswith("https://"):
            self.recording_url.errors = [_l("Enter an address that begins with https://.")]
            fine = False
        elif address and not self.is_captioned.data:
            self.is_captioned.errors = [_l("A recording without captions leaves people out. Add captions first.")]
            fine = False
        return fine


class PitchForm(Form):
    """Who shows something."""

    journey = SelectField(_l("Startup"), [Required(_l("Choose a startup."))], coerce=int)

    def __init__(self, journeys: Iterable[tuple[int, Any]], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.journey.choices = list(journeys)


class PlaceForm(Written):
    """What somebody needs who comes to a demo day."""

    needs = CheckboxesField(
        _l("What do you need so that you can take part?"), choices=[(each, NEED_NAMES[each]) for each in NEEDS]
    )
    needs_text = TextAreaField(
        _l("Anything else?"), [Length(max=TEXT_MOST)],
        description=_l("Only those who prepare the day read it. It is erased thirty days after the day."),
    )  # fmt: skip


class PublicationForm(ResultForm):
    """What staff verified, and the words that everybody reads."""

    text = TextAreaField(
        _l("What everybody reads"),
        [Required(_l("Write what everybody reads.")), Length(max=LONG_MOST)],
        description=_l("What came of it, in plain words. Say what is not known, and why something is not in use."),
    )
