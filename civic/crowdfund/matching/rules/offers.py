"""What match funding may add to a gift that is about to be given, in one calm sentence that promises no exact sum."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.money import Money
from civic.crowdfund.matching.rules.terms import Fixed, Formula, LumpSum, PerBacker, Ratio
from civic.crowdfund.matching.rules.words import formula_sentence
from civic.crowdfund.rules.promise import Sentence

NOTHING = Money(0)


def left_for(formula: Formula, *, left: Money, matched: Money, has_sum: bool) -> Money:
    """What a campaign can still be given: what is left in the pot, and no more than its own limit leaves."""
    if has_sum and isinstance(formula, (Fixed, LumpSum)):
        return NOTHING
    most = getattr(formula, "per_campaign", None)
    return left if most is None else max(min(left, most - matched), NOTHING)


def offer_sentence(formula: Formula, left: Money) -> Sentence:
    """What is added to a gift for this campaign while there is something left for it."""
    if isinstance(formula, Ratio):
        facts: dict[str, Any] = {"added": Money(formula.pence_per_pound), "left": left}
        first = _RATIO if formula.per_gift is None else _RATIO_UP_TO
        return Sentence(first, *_person(formula), per_gift=formula.per_gift or "", **_limits(formula), **facts)
    if isinstance(formula, PerBacker):
        facts = {"each": formula.each, "least": formula.least, "left": left}
        return Sentence(_PER_BACKER, *_person(formula), **_limits(formula), **facts)
    return Sentence("%(rule)s", _LEFT, rule=formula_sentence(formula), left=left)


_RATIO = _l("Match funding adds %(added)s to each £1 that is given here, while the pot lasts (%(left)s left).")
_RATIO_UP_TO = _l(
    "Match funding adds %(added)s to each £1 that is given here, up to %(per_gift)s for a gift, "
    "while the pot lasts (%(left)s left)."
)
_PER_BACKER = _l(
    "Match funding adds %(each)s for each person who gives %(least)s or more here, while the pot lasts (%(left)s left)."
)
_LEFT = _l("This is match funding, while the pot lasts (%(left)s left).")
_PERSONS: dict[str, Any] = {
    "per_person": _l("For one person it adds up to %(per_person)s here."),
    "per_person_in_scheme": _l("For one person it adds up to %(per_person_in_scheme)s in all campaigns together."),
}


def _limits(formula: Ratio | PerBacker) -> dict[str, Money]:
    found = {name: getattr(formula, name, None) for name in _PERSONS}
    return {name: value for name, value in found.items() if value is not None}


def _person(formula: Ratio | PerBacker) -> list[Any]:
    return [_PERSONS[name] for name in _limits(formula)]
