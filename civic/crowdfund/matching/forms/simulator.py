"""What can be asked of the simulator: read from the address, so that a question can be kept and sent on."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import (
    CheckboxesField,
    ChoiceRequired,
    Form,
    HiddenField,
    IntegerField,
    MoneyField,
    RadioField,
    Required,
    ValidationError,
)
from civic.core.money import Money
from civic.crowdfund.matching.forms.rule import ALL, ENTER_AMOUNT, ENTER_NUMBER, RuleFields
from civic.crowdfund.matching.forms.schemes import MOST
from civic.crowdfund.matching.queries.prospects import Candidate
from civic.crowdfund.matching.rules.simulation import MOST_DAYS


def number_of(value: Any) -> int:
    """The number of a campaign, or 0, which none has."""
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


class SimulatorForm(RuleFields):
    """A rule, a pot, campaigns, and how gifts go on."""

    class Meta(Form.Meta):  # type: ignore[name-defined]
        """A question is a GET and carries no token."""

        csrf = False

    scheme = HiddenField()
    pot = MoneyField(
        _l("How much is in the pot?"),
        [Required(ENTER_AMOUNT)],
        description=_l("All funders together. Who pays how much of it makes no difference to what campaigns get."),
    )
    which = RadioField(
        _l("Which campaigns?"),
        [ChoiceRequired(_l("Choose which campaigns."))],
        choices=[
            ("all", _l("All that take pledges now")),
            ("scheme", _l("Those that are in the scheme now")),
            ("chosen", _l("Those I choose")),
        ],
    )
    campaigns = CheckboxesField(_l("Campaigns"), coerce=number_of, validate_choice=False)
    days = IntegerField(
        _l("How do gifts go on?"),
        [Required(ENTER_NUMBER)],
        description=_l(
            "As in the last so many days, again and again until each campaign closes. From 0 (nobody gives any more) to 60."
        ),
    )
    counts_past = RadioField(
        _l("Gifts that stand already"),
        [ChoiceRequired(_l("Choose whether they are matched."))],
        choices=[("no", _l("Only new gifts are matched")), ("yes", _l("They are matched too"))],
    )

    def is_submitted(self) -> bool:
        """Whatever the address says was asked."""
        return True

    def validate_pot(self, field: MoneyField) -> None:
        """More than nothing."""
        if field.data is not None and not Money(0) < field.data <= MOST:
            raise ValidationError(ENTER_AMOUNT)

    def validate_days(self, field: IntegerField) -> None:
        """So many that they say something of what comes."""
        if field.data is not None and not 0 <= field.data <= MOST_DAYS:
            raise ValidationError(_l("Enter a number of days from 0 to 60."))

    def validate_campaigns(self, field: CheckboxesField) -> None:
        """Those I choose are some."""
        if self.which.data == "chosen" and not field.data:
            raise ValidationError(_l("Choose at least one campaign."))

    def for_scheme(self, is_there: bool) -> None:
        """Without a scheme there are none in it."""
        if not is_there:
            self.which.choices = [each for each in self.which.choices if each[0] != "scheme"]

    def offer(self, found: Sequence[Candidate]) -> None:
        """Offer these campaigns to choose from."""
        self.campaigns.choices = [(each.id, each.title) for each in found]

    def question(self) -> list[tuple[str, str]]:
        """What was asked, name by name, as an address or another form carries it; numbers of other rules are left out."""
        names = [name for name in self._fields if name not in ALL or name.startswith(f"{self.kind.data}_")]
        chosen = [("campaigns", str(each)) for each in self.campaigns.data or ()] if self.which.data == "chosen" else []
        told = [(name, _told(self[name])) for name in names if name != "campaigns"]
        return [(name, value) for name, value in told if value] + chosen


def _told(field: Any) -> str:
    return str(field._value()) if hasattr(field, "_value") else str(field.data or "")
