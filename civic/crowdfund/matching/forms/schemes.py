"""What officers write about a scheme: what it is, its rule, who pays; and why it is proposed, approved, sent back or ended."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import (
    ChoiceRequired,
    Form,
    HiddenField,
    Length,
    MoneyField,
    RadioField,
    Required,
    SelectField,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.i18n import LANGUAGES, current
from civic.core.money import Money
from civic.crowdfund.matching.forms.rule import ENTER_AMOUNT, RuleFields
from civic.crowdfund.matching.wording.schemes import SPENDINGS

MOST = Money(100_000_000_00)
"""A hundred million pounds: nobody means more."""


def of_page() -> str:
    """The language that people write in unless they say otherwise: the page's."""
    return current().code if current().code in LANGUAGES else "en"


class AboutForm(Form):
    """What a scheme says of itself."""

    seen = HiddenField()
    title = TextField(
        _l("What is the scheme called?"),
        [Required(_l("Enter a title.")), Length(max=80)],
        description=_l("Such as “Patrons of London’s squares, 2026”. Its address is made of it and stays."),
    )
    summary = TextAreaField(
        _l("Who helps whom, in a few sentences"),
        [Length(max=1000)],
        description=_l("Everybody can read this. The rule itself is put into words by us."),
    )
    language = SelectField(
        _l("Which language do you write in?"),
        choices=[(each.code, each.name) for each in LANGUAGES.values()],
        default=of_page,
    )


class CountsPast(Form):
    """Whether gifts that stand already are matched too."""

    counts_past = RadioField(
        _l("What about gifts that were made before a campaign joined?"),
        [ChoiceRequired(_l("Choose whether they are matched."))],
        choices=[
            ("no", _l("They are not matched: only new gifts are")),
            ("yes", _l("They are matched too, in the order in which they were made, before any new gift")),
        ],
        default="no",
    )


class RuleForm(RuleFields, CountsPast):
    """The rule of a draft."""

    seen = HiddenField()


class NewSchemeForm(RuleForm, AboutForm):
    """A new scheme: what it is and its rule; from the simulator, also its campaigns and how much there is."""

    pot = HiddenField()
    campaigns = HiddenField()


class PayerForm(Form):
    """Who pays a part: out of which fund, under which name, how much at most, of which kind."""

    seen = HiddenField()
    fund = SelectField(
        _l("Out of which fund?"),
        [ChoiceRequired(_l("Choose a fund."))],
        coerce=int,
        description=_l("The money is set aside when the scheme is approved."),
    )
    name = TextField(
        _l("Name of the funder"),
        [Required(_l("Enter the name of the funder.")), Length(max=80)],
        description=_l("As campaigns show it, such as “Patrons of Hackney”."),
    )
    at_most = MoneyField(_l("How much at most?"), [Required(ENTER_AMOUNT)])
    spending = RadioField(
        _l("Which kind of money is it?"),
        [ChoiceRequired(_l("Choose the kind of money."))],
        choices=list(SPENDINGS.items()),
        default="revenue",
    )

    def validate_at_most(self, field: MoneyField) -> None:
        """More than nothing."""
        if field.data is not None and not Money(0) < field.data <= MOST:
            raise ValidationError(ENTER_AMOUNT)


class WhyForm(Form):
    """A reason, kept on record."""

    why = TextAreaField(
        _l("Why?"),
        [Required(_l("Say why.")), Length(max=2000)],
        description=_l("Kept on record with your name."),
    )


class ProposalForm(WhyForm):
    """Why a scheme is proposed."""

    why = TextAreaField(
        _l("Why should it run?"),
        [Required(_l("Say why it should run.")), Length(max=4000)],
        description=_l("For the approver, and kept on record with your name."),
    )


class ApprovalForm(Form):
    """The number under which a scheme is approved."""

    number = TextField(
        _l("Number of the decision"),
        [Required(_l("Enter the number of the decision.")), Length(max=60)],
        description=_l("As it is published in the authority’s register, like DD2605."),
    )


class ReturnForm(Form):
    """Why a proposal goes back."""

    reason = TextAreaField(
        _l("What should be changed?"),
        [Required(_l("Say what should be changed.")), Length(max=2000)],
        description=_l("Kept on record with your name."),
    )


class DecisionForm(WhyForm):
    """What somebody makes of a signal."""

    verdict = RadioField(
        _l("What do you make of it?"),
        [ChoiceRequired(_l("Choose what you make of it."))],
        choices=[
            ("dismiss", _l("It is harmless")),
            ("uphold", _l("It is what it looks like")),
        ],
    )


class SearchForm(Form):
    """Words in the title of a campaign."""

    class Meta(Form.Meta):  # type: ignore[name-defined]
        """A search is a GET and carries no token."""

        csrf = False

    words = TextField(_l("Words in the campaign’s title"), [Length(max=100)])


def funds_for(form: PayerForm, funds: list[Any]) -> PayerForm:
    """Offer these funds."""
    form.fund.choices = [(fund.id, fund.title) for fund in funds]
    return form
