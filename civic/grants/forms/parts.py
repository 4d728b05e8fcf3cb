"""What several forms share: an amount in its two parts, a reason, a language."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import Form, HiddenField, Length, MoneyField, Optional, Required, SelectField, TextAreaField
from civic.core.i18n import LANGUAGES, current
from civic.core.money import Money
from civic.grants.rules.amounts import Amounts

NOTHING = Money(0)
CAPITAL = _l("Capital")
REVENUE = _l("Revenue")
CAPITAL_HINT = _l("What lasts: building, planting, equipment.")
REVENUE_HINT = _l("What is used up: people’s time, workshops, hire.")


class AmountsForm(Form):
    """An amount in capital and in revenue; a part that is left empty is nothing."""

    capital = MoneyField(CAPITAL, [Optional()], description=CAPITAL_HINT)
    revenue = MoneyField(REVENUE, [Optional()], description=REVENUE_HINT)

    @property
    def amounts(self) -> Amounts:
        """Both parts."""
        return Amounts(self.capital.data or NOTHING, self.revenue.data or NOTHING)

    def show(self, amounts: Amounts) -> None:
        """Fill in an amount, where nothing was typed."""
        for field, money in ((self.capital, amounts.capital), (self.revenue, amounts.revenue)):
            if not field.raw_data:
                field.data = money


class WhyForm(Form):
    """A reason."""

    why = TextAreaField(_l("Why?"), [Required(_l("Say why.")), Length(max=2000)])


class NoteForm(Form):
    """A reason that may be left out."""

    why = TextAreaField(_l("Why? (optional)"), [Length(max=2000)])


class SeenForm(Form):
    """A form that knows what stood there when it was opened."""

    seen = HiddenField()


def language_field() -> Any:
    """In which language something is written; the page's own unless it is changed."""
    return SelectField(
        _l("Which language is it in?"),
        choices=[(each.code, each.name) for each in LANGUAGES.values()],
        default=lambda: current().code if current().code in LANGUAGES else "en",
    )


def of_page() -> str:
    """The language that people write in unless they say otherwise: the page's."""
    return current().code if current().code in LANGUAGES else "en"
