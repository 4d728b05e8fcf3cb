"""What officers type when they answer, rule out, recommend or end something."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.clock import london_minute
from civic.core.forms import (
    ChoiceRequired,
    DateField,
    Form,
    Length,
    MoneyField,
    Optional,
    RadioField,
    Required,
    SelectField,
    TextAreaField,
)
from civic.core.i18n import LANGUAGES
from civic.core.money import Money
from civic.crowdfund.rounds.models import Application
from civic.grants.actions.decisions import Terms
from civic.grants.rules.amounts import Amounts

LANGUAGE_CHOICES = [(each.code, each.name) for each in LANGUAGES.values()]
NOTHING = Money(0)


class IdeaAnswerForm(Form):
    """Whether to apply, and what would make it stronger."""

    is_encouraged = RadioField(
        _l("Does it fit this round?"),
        [ChoiceRequired(_l("Choose whether it fits."))],
        choices=[("yes", _l("Yes: please apply")), ("no", _l("Not well: say why"))],
    )
    feedback = TextAreaField(
        _l("What would make it stronger, or why does it not fit?"),
        [Required(_l("Write an answer.")), Length(max=4000)],
        description=_l("They read it as you write it. They may apply whatever you answer."),
    )
    language = SelectField(_l("Which language is your answer in?"), choices=LANGUAGE_CHOICES)


class FeedbackForm(Form):
    """The answer to an application that was not chosen."""

    feedback = TextAreaField(
        _l("What would have made it stronger?"),
        [Required(_l("Write an answer.")), Length(max=4000)],
        description=_l("They read it as you write it. It begins with what the assessors found weakest: make it yours."),
    )
    language = SelectField(_l("Which language is your answer in?"), choices=LANGUAGE_CHOICES)


class ReasonForm(Form):
    """Why something is done; those concerned read it."""

    why = TextAreaField(_l("Why?"), [Required(_l("Say why.")), Length(max=2000)])


class TermsForm(Form):
    """How much is recommended, on which conditions, until when, and why."""

    capital = MoneyField(_l("Capital"), [Optional()])
    revenue = MoneyField(_l("Revenue"), [Optional()])
    rationale = TextAreaField(
        _l("Why do you recommend it?"),
        [Required(_l("Say why you recommend it.")), Length(max=4000)],
        description=_l("Consultees and the approver read this with the whole application."),
    )
    conditions = TextAreaField(
        _l("Conditions (optional)"),
        [Length(max=4000)],
        description=_l("They become public with the pledge. Those of the round stand here to begin with."),
    )
    expires_on = DateField(
        _l("Until when must the agreement be signed?"),
        description=_l("After this day the pledge ends by itself. Leave it empty for no limit."),
    )

    @property
    def amounts(self) -> Amounts:
        """Both kinds of money; a part that is left empty is nothing."""
        return Amounts(self.capital.data or NOTHING, self.revenue.data or NOTHING)

    def terms(self, language: str) -> Terms:
        """What is recommended; a day ends at its last London minute."""
        until = london_minute(self.expires_on.data) if self.expires_on.data else None
        return Terms(self.amounts, self.rationale.data or "", self.conditions.data or "", until, language)


def terms_for(application: Application, rationale: str = "", *, prefix: str = "", filled: bool = True) -> TermsForm:
    """The form for one application; before anything was typed it holds what is asked for and the round's own conditions."""
    if not filled:
        return TermsForm(prefix=prefix)
    round_ = application.round
    known: dict[str, Any] = {
        "capital": application.ask.capital or None,
        "revenue": application.ask.revenue or None,
        "rationale": rationale,
        "conditions": round_.conditions,
        "expires_on": round_.agreements_by,
    }
    return TermsForm(formdata=None, prefix=prefix, data=known)
