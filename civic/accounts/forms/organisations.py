"""Forms about organisations: what they are, who acts for them, what staff decide."""

from flask_babel import lazy_gettext as _l

from civic.accounts import wording
from civic.accounts.forms.entrance import Normalised
from civic.accounts.rules.names import tidy
from civic.core.forms import EmailField, Form, Length, RadioField, Required, TextAreaField, TextField


class OrganisationForm(Form):
    """What an organisation says of itself."""

    name = TextField(
        _l("Name of the organisation"),
        [Required(_l("Enter the name of the organisation.")), Length(max=120)],
        filters=[
            lambda name: tidy(name) if name else name
        ],  # nothing invisible that could turn or hide what stands beside it
        description=_l("As it stands in its governing document."),
    )
    kind = RadioField(
        _l("What kind of organisation is it?"),
        [Required(_l("Choose what kind of organisation it is."))],
        choices=wording.choices(wording.KIND_NAMES),
    )
    registration_number = TextField(
        _l("Registration number"),
        [Length(max=30)],
        description=_l("For example a charity or company number. Leave it empty if there is none."),
    )
    governance = TextAreaField(
        _l("How is it run?"),
        [Length(max=3000)],
        description=_l(
            "Who decides, how they are chosen, and where the governing document can be read. You can add this later."
        ),
    )


class InvitationForm(Form):
    """An address, and what its owner may do."""

    email = EmailField(_l("Email address"), [Required(_l("Enter their email address.")), Normalised()])
    role = RadioField(
        _l("What may they do?"),
        [Required(_l("Choose what they may do."))],
        default="editor",
        choices=[
            ("editor", _l("Editor: acts for the organisation")),
            ("owner", _l("Owner: also invites and removes people")),
        ],
    )


class DecisionForm(Form):
    """What staff decide about a verification, and on what evidence."""

    verb = RadioField(
        _l("What do you decide?"),
        [Required(_l("Choose what you decide."))],
        choices=[
            ("verify", _l("Verify: the evidence shows that it is what it says")),
            ("return", _l("Return: something is missing or not clear")),
        ],
    )
    why = TextAreaField(
        _l("Evidence or reason"),
        [Required(_l("Write down the evidence you saw, or what is missing.")), Length(max=2000)],
        description=_l(
            "For a verification: which register or document you looked at, and when. If you return it, the owners read this."
        ),
    )


class WhyForm(Form):
    """A reason, for what is on record."""

    why = TextAreaField(_l("Reason"), [Required(_l("Give a reason.")), Length(max=2000)])
