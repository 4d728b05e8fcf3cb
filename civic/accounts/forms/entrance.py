"""Forms for coming in: signing up and in, links, passwords, codes."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from civic.accounts import passwords, wording
from civic.accounts.rules.emails import normalised
from civic.accounts.rules.links import safe_next
from civic.core.forms import EmailAddress, EmailField, Form, HiddenField, PasswordField, Required, TextField

EMAIL_SHAPE = _l("Enter an email address in the correct format, like name@example.com.")


class Normalised(EmailAddress):
    """An address in the one way it is kept; the form's value becomes that."""

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse what cannot be an address, and normalise what can."""
        super().__call__(form, field)
        kept = normalised(field.data)
        if kept is None:
            raise ValidationError(EMAIL_SHAPE)
        field.data = kept


class GoodPassword:
    """A password that is long and hard to guess, with the person's own words counted as easy."""

    def __init__(self, *about: str):
        self.about = about

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse a short or weak one in a sentence that says what to do."""
        known = tuple(form[name].data or "" for name in self.about) + getattr(form, "about", ())
        if found := passwords.problem(field.data or "", about=known):
            raise ValidationError(wording.PASSWORD_PROBLEMS[found])


class SignUpForm(Form):
    """An address and a password."""

    email = EmailField(
        _l("Email address"),
        [Required(_l("Enter your email address.")), Normalised()],
        description=_l("We send a link to it, to make sure that it is yours. Nobody else sees it."),
    )
    password = PasswordField(
        _l("Choose a password"),
        [Required(_l("Choose a password.")), GoodPassword("email")],
        description=_l("At least 12 characters. Three or four random words are easy to remember and hard to guess."),
    )
    next = HiddenField(filters=[safe_next])


class SignInForm(Form):
    """An address and its password."""

    email = EmailField(_l("Email address"), [Required(_l("Enter your email address."))])
    password = PasswordField(_l("Password"), [Required(_l("Enter your password."))])
    next = HiddenField(filters=[safe_next])


class LinkForm(Form):
    """An address to send a link to."""

    email = EmailField(_l("Email address"), [Required(_l("Enter your email address.")), Normalised()])
    next = HiddenField(filters=[safe_next])


class NewPasswordForm(Form):
    """A new password, by a link."""

    password = PasswordField(
        _l("New password"),
        [Required(_l("Choose a password.")), GoodPassword()],
        description=_l("At least 12 characters. Three or four random words are easy to remember and hard to guess."),
    )


class ChangePasswordForm(Form):
    """The present password and a new one."""

    current_password = PasswordField(_l("Present password"), [Required(_l("Enter your present password."))])
    password = PasswordField(
        _l("New password"),
        [Required(_l("Choose a password.")), GoodPassword()],
        description=_l("At least 12 characters. Three or four random words are easy to remember and hard to guess."),
    )


class ChangeEmailForm(Form):
    """A new address, and the password as proof of who asks."""

    email = EmailField(
        _l("New email address"),
        [Required(_l("Enter your new email address.")), Normalised()],
        description=_l("We send a link to it. Your old address stays in use until you have followed the link."),
    )
    current_password = PasswordField(_l("Your password"), [Required(_l("Enter your password."))])


class CodeForm(Form):
    """A code of the authenticator app, or a recovery code."""

    code = TextField(_l("Code"), [Required(_l("Enter the code."))])
    next = HiddenField(filters=[safe_next])
