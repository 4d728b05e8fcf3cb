"""Who is to act for a partner."""

from flask_babel import lazy_gettext as _l

from civic.core.forms import EmailAddress, EmailField, Form, Length, Required, TextField


class SeatForm(Form):
    """Somebody with an account, and their office at the partner."""

    email = EmailField(
        _l("Email address"),
        [Required(_l("Enter an email address.")), EmailAddress()],
        description=_l("Of their account here. They must have signed up and confirmed it."),
    )
    title = TextField(
        _l("Their office at the partner"), [Length(max=120)], description=_l("For example: Head of Innovation.")
    )
