"""Decisions: what is recommended, what consultees say, what an approver decides."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.clock import london_minute
from civic.core.forms import (
    CheckboxesField,
    ChoiceRequired,
    DateField,
    Form,
    Length,
    Optional,
    RadioField,
    Required,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.grants.actions.decisions import Terms
from civic.grants.forms.parts import AmountsForm, of_page
from civic.grants.rules.amounts import Amounts

PUBLISHED = _l("It is published with the decision once the award is announced. Name no private person.")


class TermsForm(AmountsForm):
    """What is recommended: how much in all, on which conditions, until when, and why."""

    conditions = TextAreaField(
        _l("Conditions (optional)"),
        [Length(max=4000)],
        description=_l("What must be true before money is paid, or while it is spent. Everybody can read them."),
    )
    expires_on = DateField(
        _l("Last day for both sides to sign (optional)"),
        [Optional()],
        description=_l("If the agreement is not signed by then, the money goes back to its pot by itself."),
    )
    rationale = TextAreaField(
        _l("Why do you recommend it?"),
        [Required(_l("Say why you recommend it.")), Length(max=8000)],
        description=PUBLISHED,
    )

    def terms(self) -> Terms:
        """As the act takes it."""
        expires_at = london_minute(self.expires_on.data) if self.expires_on.data else None
        return Terms(self.amounts, self.rationale.data or "", self.conditions.data or "", expires_at, of_page())


class ChangeForm(TermsForm):
    """A change of a standing award, or its end."""

    what = RadioField(
        _l("What do you recommend?"),
        [ChoiceRequired(_l("Choose what you recommend."))],
        choices=[
            ("change", _l("Another amount or other conditions")),
            ("end", _l("That the award ends")),
        ],
    )

    def terms(self) -> Terms:
        """The end of an award is an award of nothing."""
        terms = super().terms()
        if self.what.data == "end":
            return Terms(Amounts(), terms.rationale, terms.conditions, None, terms.language)
        return terms


class ViewForm(Form):
    """What a consultee says."""

    view = RadioField(
        _l("Your view"),
        [ChoiceRequired(_l("Choose your view."))],
        choices=[
            ("supports", _l("I support it")),
            ("supports_if", _l("I support it, if something is done or changed")),
            ("objects", _l("I object")),
        ],
    )
    words = TextAreaField(_l("In your words"), [Length(max=4000)], description=PUBLISHED)

    def validate_words(self, field: TextAreaField) -> None:
        """An “if” and an objection are explained."""
        if self.view.data in ("supports_if", "objects") and not field.data:
            raise ValidationError(_l("Say what must be done or changed, or why you object."))


class DecideForm(Form):
    """Yes, with the decision's number and the reasons."""

    number = TextField(
        _l("Number of the decision"),
        [Required(_l("Enter the number of the decision.")), Length(max=60)],
        description=_l("As it is published in the authority’s register, like DD2605."),
    )
    reasons = TextAreaField(
        _l("Reasons (optional)"),
        [Length(max=4000)],
        description=_l("If they go beyond the recommendation. They are published."),
    )


class RefuseForm(Form):
    """No, and why."""

    refusal = TextAreaField(_l("Why do you refuse it?"), [Required(_l("Say why you refuse it.")), Length(max=4000)])


class ChosenForm(Form):
    """Several things of a list."""

    chosen = CheckboxesField(
        _l("Which of them?"), [ChoiceRequired(_l("Choose at least one."))], coerce=int, validate_choice=False
    )

    def has_all(self, found: Sequence[Any]) -> bool:
        """Whether everything that was chosen is still there; says so where it is not."""
        if {each.id for each in found} == set(self.chosen.data or []):
            return True
        self.chosen.errors = [_l("One of those you chose is no longer open to you. Choose again.")]
        return False


class TogetherForm(DecideForm, ChosenForm):
    """Several recommendations under one number."""
