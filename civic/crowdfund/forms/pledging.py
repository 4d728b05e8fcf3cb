"""Forms of a pledge: how much, how one is shown, and Gift Aid."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.accounts import wording
from civic.accounts.forms.entrance import Normalised
from civic.accounts.rules import names
from civic.core.forms import (
    EmailField,
    Form,
    Length,
    MoneyField,
    Optional,
    RadioField,
    Required,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.i18n import money_text
from civic.core.money import GBP, Money
from civic.crowdfund.actions import pledges
from civic.crowdfund.rules import gift_aid, pledging
from civic.crowdfund.rules.promise import written

OTHER = "other"
_ORDER = ("amount", "own", "tip", "shown", "name", "message", "email")


class _Tipped(Form):
    """What every form with an amount asks beside it."""

    tip = MoneyField(
        _l("A tip for this website"),
        [Optional()],
        description=_l("Only if you like: it helps to run the site. Leave it empty for none."),
    )

    def validate_tip(self, field: MoneyField) -> None:
        """A tip is at most what the campaign gets."""
        if self.problem() == "tip_too_large":
            raise ValidationError(_l("A tip can be as much as your pledge at most."))

    def problem(self) -> str | None:
        """Why these two cannot be promised; None where they can, or where the amount itself has not been understood."""
        amount = self.wanted()
        return pledging.problem(amount, self.tipped(), most=pledges.most()) if amount is not None else None

    def wanted(self) -> Money | None:
        """The amount that was chosen or typed."""
        raise NotImplementedError

    def tipped(self) -> Money:
        """The tip; nothing where none was typed."""
        return self.tip.data or GBP(0)

    def check_amount(self, field: MoneyField) -> None:
        """The sentence at the amount, where it cannot be promised."""
        if self.problem() == "too_small":
            raise ValidationError(_l("The smallest pledge is %(least)s.", least=written(pledging.LEAST)))
        if self.problem() == "too_large":
            raise ValidationError(_l("The largest pledge is %(most)s.", most=written(pledges.most())))


class _Shown(Form):
    """How a backer is shown on the campaign's page."""

    shown = RadioField(
        _l("How should we show you on the campaign’s page?"),
        [Required(_l("Choose whether to show a name."))],
        choices=[("name", _l("With a name")), ("anonymous", _l("Without a name"))],
    )
    name = TextField(_l("Name to show"))
    message = TextAreaField(
        _l("A message to the people behind the project (optional)"),
        [Optional(), Length(pledging.LONGEST_MESSAGE)],
        description=_l("Everybody can read it on the campaign’s page."),
    )

    def validate_name(self, field: TextField) -> None:
        """A name that can be shown, where one is to be shown; nobody poses as City Hall."""
        if self.shown.data != "name":
            field.data = ""
            return
        field.data = names.tidy(field.data or "")
        if not field.data:
            raise ValidationError(_l("Enter the name to show."))
        if found := names.problem(field.data):
            raise ValidationError(wording.NAME_PROBLEMS[found])


class PledgeForm(_Tipped, _Shown):
    """The one form of a pledge; guests say where they can be written to."""

    amount = RadioField(_l("How much do you want to pledge?"), [Required(_l("Choose how much to pledge."))])
    own = MoneyField(_l("Amount in pounds"))
    email = EmailField(
        _l("Your email address"),
        [Required(_l("Enter your email address.")), Normalised()],
        description=_l("We send you a link to your pledge and tell you what comes of it. Nobody else sees it."),
    )

    def __init__(self, *arguments: Any, is_guest: bool, **named: Any):
        super().__init__(*arguments, **named)
        suggested = [(str(each.minor), money_text(each)) for each in pledging.SUGGESTED]
        self.amount.choices = [*suggested, (OTHER, _l("Another amount"))]
        if not is_guest:
            del self.email
        # Errors are listed in the order of the page.
        known: dict[str, Any] = self._fields  # type: ignore[has-type]
        self._fields = {name: known[name] for name in (*_ORDER, *known) if name in known}

    def wanted(self) -> Money | None:
        """The amount that was chosen or typed."""
        chosen = self.amount.data
        if chosen == OTHER:
            return self.own.data
        return Money(int(chosen)) if chosen in {str(each.minor) for each in pledging.SUGGESTED} else None

    def validate_own(self, field: MoneyField) -> None:
        """An amount of one's own, where that was chosen."""
        if self.amount.data != OTHER:
            field.errors = []
        elif field.data is None and not field.errors:
            raise ValidationError(_l("Enter an amount in pounds, like 20 or 20.50."))
        else:
            self.check_amount(field)


class AmountForm(_Tipped):
    """Another amount for a pledge that stands."""

    amount = MoneyField(_l("Your pledge"), [Required(_l("Enter an amount in pounds, like 20 or 20.50."))])

    def wanted(self) -> Money | None:
        """The amount that was typed."""
        return self.amount.data

    def validate_amount(self, field: MoneyField) -> None:
        """An amount that can be promised."""
        self.check_amount(field)


class PresenceForm(_Shown):
    """Another name or message."""


class GiftAidForm(Form):
    """Whether Gift Aid should apply, and who declares it."""

    wants = RadioField(
        _l("Do you want to add Gift Aid?"),
        [Required(_l("Choose whether to add Gift Aid."))],
        choices=[("yes", _l("Yes, I declare this")), ("no", _l("No, without Gift Aid"))],
    )
    title = TextField(_l("Title (optional)"), description=_l("Mr, Ms, Mx, Dr …"))
    first_name = TextField(_l("First name"))
    last_name = TextField(_l("Last name"))
    address = TextField(
        _l("House number or name, and street"), description=_l("Your home address, for example 12 Rye Lane")
    )
    postcode = TextField(_l("Postcode"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Judge name and address only where Gift Aid is wanted."""
        fine = super().validate(extra_validators)
        if self.wants.data != "yes":
            return fine
        refused = [name for name in _MISSING if not self._is_given(name)]
        return fine and not refused

    def _is_given(self, name: str) -> bool:
        field, longest = self[name], gift_aid.LONGEST[name]
        if name != "title" and not field.data:
            field.errors = [_MISSING[name]]
        elif name == "postcode":
            kept = gift_aid.postcode(field.data)
            field.errors = [] if kept else [_l("Enter a full UK postcode, like SE15 4QN.")]
            field.data = kept or field.data
        elif len(field.data or "") > longest:
            field.errors = [_l("Use %(max)d characters or fewer.", max=longest)]
        return not field.errors

    def donor(self) -> gift_aid.Donor | None:
        """Who declares; None where Gift Aid is not wanted."""
        if self.wants.data != "yes":
            return None
        return gift_aid.Donor(*(self[name].data or "" for name in gift_aid.LONGEST))


_MISSING = {
    "title": "",
    "first_name": _l("Enter your first name."),
    "last_name": _l("Enter your last name."),
    "address": _l("Enter your house number or name, and your street."),
    "postcode": _l("Enter your postcode."),
}


class FindForm(Form):
    """An address to send the links of one's pledges to."""

    email = EmailField(_l("Email address"), [Required(_l("Enter your email address.")), Normalised()])
