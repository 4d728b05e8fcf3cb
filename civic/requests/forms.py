"""What can be typed: a request, by whoever needs it or by staff for somebody, and what becomes of it."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import (
    EmailAddress,
    EmailField,
    Form,
    HiddenField,
    Length,
    RadioField,
    Required,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.i18n import enabled
from civic.requests import wording
from civic.requests.actions import Wish
from civic.requests.rules import BY_MAIL, BY_PHONE, IN_A_LANGUAGE, POSTED


class RequestForm(Form):
    """What somebody needs and how we reach them."""

    thing = HiddenField()
    format = RadioField(
        _l("What do you need?"),
        [Required(_l("Choose what you need."))],
        choices=list(wording.FORMATS.items()),
        validate_choice=True,
    )
    into = TextField(_l("Which language?"), [Length(max=80)])
    wanted = TextAreaField(
        _l("What else should we know? (optional)"),
        [Length(max=2000)],
        description=_l("For example how large the print should be, which grade of Braille, or which pages you need."),
    )
    contact_by = RadioField(
        _l("How should we reach you?"),
        [Required(_l("Choose how we should reach you."))],
        choices=list(wording.CONTACTS.items()),
        validate_choice=True,
    )
    email = EmailField(_l("Email address"), [Length(max=254)])
    phone = TextField(_l("Phone number"), [Length(max=60)])
    name = TextField(_l("Name (optional)"), [Length(max=120)], description=_l("So that we know whom to ask for."))
    address = TextAreaField(
        _l("Postal address"),
        [Length(max=500)],
        description=_l("Only needed where something comes to you by post: Braille, large print, a CD or a letter."),
    )
    language = RadioField(_l("In which language should we write to you?"), validate_choice=True)
    website = TextField(_l("If you are a person, leave this box empty"))

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.language.choices = [(each.code, each.name) for each in enabled().values()]

    def validate_into(self, field: TextField) -> None:
        """A translation is made into some language."""
        if self.format.data in IN_A_LANGUAGE and not field.data:
            raise ValidationError(_l("Say which language you need."))

    def validate_email(self, field: EmailField) -> None:
        """An address is needed only where we are to write to it."""
        if self.contact_by.data not in BY_MAIL:
            return
        if not field.data:
            raise ValidationError(_l("Enter an email address, or choose another way."))
        EmailAddress()(self, field)

    def validate_phone(self, field: TextField) -> None:
        """A number is needed only where we are to ring it."""
        if self.contact_by.data in BY_PHONE and sum(each.isdigit() for each in field.data or "") < 6:
            raise ValidationError(_l("Enter a phone number we can ring, or choose another way."))

    def validate_address(self, field: TextAreaField) -> None:
        """What comes by post needs somewhere to come to."""
        posted = self.contact_by.data == "post" or self.format.data in POSTED
        if posted and len((field.data or "").split()) < 3:
            raise ValidationError(_l("Enter a full postal address, with the postcode."))

    @property
    def came_from_a_machine(self) -> bool:
        """Whether the box that people are asked to leave empty was filled in."""
        return bool(self.website.data)

    def wish(self) -> Wish:
        """What was typed."""
        return Wish(
            format=self.format.data,
            contact_by=self.contact_by.data,
            language=str(self.language.data),
            into=self.into.data or "",
            wanted=self.wanted.data or "",
            name=self.name.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            address=self.address.data or "",
        )


class TakenForm(RequestForm):
    """A request that staff write down for somebody."""

    mode = RadioField(
        _l("How did they ask?"),
        [Required(_l("Choose how they asked."))],
        choices=[(key, words) for key, words in wording.MODES.items() if key != "web"],
        validate_choice=True,
    )


class MoveForm(Form):
    """What becomes of a request."""

    verb = RadioField(_l("What happens with it?"), [Required(_l("Choose what happens with it."))], validate_choice=True)
    why = TextAreaField(
        _l("What should the person know?"),
        [Length(max=2000)],
        description=_l(
            "Where you decline it, say why, and what they can do instead. They read it in our message and letter."
        ),
    )

    def validate_why(self, field: TextAreaField) -> None:
        """A no needs a reason."""
        if self.verb.data == "decline" and not field.data:
            raise ValidationError(_l("Say why we decline it."))
