"""Forms of administrators: looking for people, giving roles, suspending."""

from flask_babel import lazy_gettext as _l

from civic.accounts import wording
from civic.accounts.forms.organisations import WhyForm
from civic.core.forms import Form, Length, Optional, RadioField, Required, SelectField, TextAreaField, TextField


class PeopleSearchForm(Form):
    """Words, a role, a status; read from the address, so nothing here changes anything."""

    class Meta(Form.Meta):  # type: ignore[name-defined]
        """A search is a GET and carries no token."""

        csrf = False

    q = TextField(_l("Name or email address"), [Length(max=200)])
    role = SelectField(_l("Role"), [Optional()], choices=wording.choices(wording.ROLE_NAMES, empty=_l("Everybody")))
    status = SelectField(_l("Status"), [Optional()], choices=wording.choices(wording.STATUS_NAMES, empty=_l("Any")))

    def validate_search(self) -> bool:
        """Judge what the address asks for; it was not submitted, so Form.validate() would not."""
        return super(Form, self).validate()


class GrantForm(Form):
    """A role and the reason for it."""

    role = RadioField(_l("Role"), [Required(_l("Choose a role."))], choices=wording.choices(wording.ROLE_NAMES))
    why = TextAreaField(
        _l("Reason"), [Required(_l("Give a reason.")), Length(max=1000)], description=_l("It is kept in the audit log.")
    )


class SuspendForm(WhyForm):
    """The reason, which the person reads."""

    why = TextAreaField(
        _l("Reason"),
        [Required(_l("Give a reason.")), Length(max=1000)],
        description=_l("The person reads this in an email. Say what happened and which rule it broke."),
    )
