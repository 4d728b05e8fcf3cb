"""The rule of a scheme: which kind, and its own numbers, in pounds and heads; the same fields for writing one and for trying one."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import ChoiceRequired, Form, IntegerField, MoneyField, Optional, RadioField
from civic.core.money import Money
from civic.crowdfund.matching.rules import terms as rules
from civic.crowdfund.matching.rules.terms import KINDS, Formula
from civic.crowdfund.matching.rules.words import FAULTS, KIND_NAMES

ENTER_AMOUNT = _l("Enter an amount in pounds, like 20 or 20.50.")
ENTER_NUMBER = _l("Enter a whole number, like 12.")
NEEDED = {
    "ratio": ("pence_per_pound",),
    "per_backer": ("each", "least"),
    "lump_sum": ("each",),
    "fixed": ("each", "backers"),
}
"""What each rule cannot do without; everything else may be left empty."""
NO_LIMIT = _l("Leave it empty for no limit.")


class RuleFields(Form):
    """Every number of every kind; those of the kinds that were not chosen count for nothing."""

    kind = RadioField(
        _l("How are gifts matched?"),
        [ChoiceRequired(_l("Choose how gifts are matched."))],
        choices=[(kind, KIND_NAMES[kind]) for kind in ("ratio", "per_backer", "lump_sum", "fixed")],
    )
    ratio_pence_per_pound = MoneyField(
        _l("Added to each £1"),
        [Optional()],
        description=_l("In pounds: 0.50 is 50p for each pound, 1 is pound for pound."),
    )
    ratio_per_gift = MoneyField(_l("At most for one gift"), [Optional()], description=NO_LIMIT)
    ratio_per_person = MoneyField(_l("At most for one person in one campaign"), [Optional()], description=NO_LIMIT)
    ratio_per_person_in_scheme = MoneyField(
        _l("At most for one person in all campaigns"), [Optional()], description=NO_LIMIT
    )
    ratio_per_campaign = MoneyField(_l("At most for one campaign"), [Optional()], description=NO_LIMIT)
    per_backer_each = MoneyField(_l("Added for each person"), [Optional()])
    per_backer_least = MoneyField(
        _l("Who gives at least"), [Optional()], description=_l("In one gift or in several to the same campaign.")
    )
    per_backer_per_person_in_scheme = MoneyField(
        _l("At most for one person in all campaigns"), [Optional()], description=NO_LIMIT
    )
    per_backer_per_campaign = MoneyField(_l("At most for one campaign"), [Optional()], description=NO_LIMIT)
    lump_sum_each = MoneyField(_l("The sum"), [Optional()])
    lump_sum_percent = IntegerField(
        _l("Percent of the target that must have been given by card"),
        [Optional()],
        description=_l(
            "From 1 to 100. Leave empty what is not asked for; everything that is filled in must be reached."
        ),
    )
    lump_sum_amount = MoneyField(_l("Amount that must have been given by card"), [Optional()])
    lump_sum_backers = IntegerField(_l("Number of backers that is needed"), [Optional()])
    fixed_each = MoneyField(_l("The sum"), [Optional()])
    fixed_backers = IntegerField(_l("Number of backers that is needed"), [Optional()], description=_l("At least one."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Judge the numbers of the chosen kind, and let those of the others be."""
        if not self.is_submitted():
            return False
        super().validate(extra_validators)
        kind = self.kind.data
        for field in self:
            if field.name in ALL and not field.name.startswith(f"{kind}_"):
                field.errors = []
        if kind in KINDS and not self._unreadable(kind):
            for name, code in rules.faults(self.formula()):
                field = self[f"{kind}_{name}"] if name else self[f"{kind}_percent"]
                field.errors = [*field.errors, FAULTS[code]]
        return not self.errors

    def formula(self) -> Formula:
        """The rule as it was typed."""
        kind = self.kind.data
        values = {name: self[f"{kind}_{name}"].data for name in _names(kind)}
        if kind == "ratio":
            values["pence_per_pound"] = values["pence_per_pound"].minor
        return KINDS[kind](**values)  # type: ignore[return-value]

    @staticmethod
    def typed(formula: Formula) -> dict[str, Any]:
        """A rule as the form shows it."""
        kind = rules.kind_of(formula)
        values = {f"{kind}_{name}": getattr(formula, name) for name in _names(kind)}
        if kind == "ratio":
            values["ratio_pence_per_pound"] = Money(values["ratio_pence_per_pound"])
        return {"kind": kind, **values}

    def _unreadable(self, kind: str) -> bool:
        for name in NEEDED[kind]:
            field = self[f"{kind}_{name}"]
            if field.data is None and not field.errors:
                field.errors = [ENTER_AMOUNT if isinstance(field, MoneyField) else ENTER_NUMBER]
        return any(self[f"{kind}_{name}"].errors for name in _names(kind))


def _names(kind: str) -> tuple[str, ...]:
    return tuple(KINDS[kind].__dataclass_fields__)


ALL = frozenset(f"{kind}_{name}" for kind in KINDS for name in _names(kind))
"""The names of all fields that belong to one kind."""
