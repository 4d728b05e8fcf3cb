"""The rule of a scheme in plain words with its numbers: the page where a backer reads it says no more and no less than the code does."""

from typing import Any

from babel.lists import format_list
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext
from markupsafe import Markup, escape

from civic.core.i18n import current
from civic.core.money import Money
from civic.crowdfund.matching.rules.formulas import CAPS
from civic.crowdfund.matching.rules.terms import Fixed, Formula, LumpSum, PerBacker, Ratio, Scheme
from civic.crowdfund.rules.promise import Sentence

KIND_NAMES: dict[str, Any] = {
    "fixed": _l("The same sum for each campaign"),
    "ratio": _l("So much for each pound given"),
    "lump_sum": _l("A sum once a campaign has come so far"),
    "per_backer": _l("A sum for each backer"),
}
FAULTS: dict[str, Any] = {
    "nothing": _l("It must be more than nothing."),
    "rate": _l("Choose between 1p and £10 for each pound."),
    "percent": _l("Choose between 1% and 100% of the target."),
    "backers": _l("At least one backer is needed."),
    "condition": _l("Say at least one thing that a campaign must have reached."),
    "out_of_reach": _l("It could never be given in full, because one of the other limits is lower."),
}


def formula_sentence(formula: Formula) -> Sentence:
    """What is given for what, and the most there is of it."""
    if isinstance(formula, Ratio):
        return _ratio(formula)
    if isinstance(formula, PerBacker):
        return _per_backer(formula)
    return _fixed(formula) if isinstance(formula, Fixed) else _lump_sum(formula)


def rule_sentences(scheme: Scheme) -> list[Sentence]:
    """Everything else that is promised: order, limits, rounding, the end of the pot, and when money goes back."""
    is_sum = isinstance(scheme.formula, (Fixed, LumpSum))
    said: list[Sentence] = [*_order(scheme.formula), _pot(scheme)]
    if len(scheme.funders) > 1:
        said.append(_FUNDERS)
    return [*said, *(_SUM_BACK if is_sum else _GIFT_BACK), _FAILED, _EXCLUDED]


def reason_sentence(cap: str, formula: Formula, *, amount: Money) -> Sentence | None:
    """Why a gift was matched with less than the formula comes to, or with nothing; None where nothing was cut."""
    if not cap:
        return None
    if cap == "too_small" and isinstance(formula, PerBacker):
        return Sentence(_l("Together, this person’s gifts did not come to %(least)s yet."), least=formula.least)
    if cap == "person" and isinstance(formula, PerBacker):
        return Sentence(_l("This person was counted already, with an earlier gift."))
    return Sentence((_CUT if amount else _USED_UP).get(cap) or _EITHER[cap])


# What is given for what.


def _ratio(formula: Ratio) -> Sentence:
    limits = {
        "per_gift": _l("At most %(per_gift)s is added to one gift."),
        "per_person": _l("At most %(per_person)s is added to what one person gives to one campaign."),
        "per_person_in_scheme": _l(
            "At most %(per_person_in_scheme)s is added to what one person gives to all campaigns together."
        ),
        "per_campaign": _l("At most %(per_campaign)s is added for one campaign."),
    }
    first = _l("For each £1 that is given by card, %(added)s is added.")
    return _limited(first, limits, formula, added=Money(formula.pence_per_pound))


def _per_backer(formula: PerBacker) -> Sentence:
    limits = {
        "per_person_in_scheme": _l(
            "For one person, at most %(per_person_in_scheme)s is added in all campaigns together."
        ),
        "per_campaign": _l("At most %(per_campaign)s is added for one campaign."),
    }
    first = _l("For each person who gives a campaign %(least)s or more by card, %(each)s is added, once.")
    return _limited(first, limits, formula, least=formula.least, each=formula.each)


def _limited(first: Any, limits: dict[str, Any], formula: Formula, **facts: Any) -> Sentence:
    """The first sentence, and one for each limit that there is."""
    there = {name: value for name in limits if (value := getattr(formula, name)) is not None}
    return Sentence(first, *(limits[name] for name in there), **facts, **there)


def _fixed(formula: Fixed) -> Sentence:
    return Sentence(
        _l("Each campaign gets %(each)s once it has %(backers)s."), each=formula.each, backers=_backers(formula)
    )


def _lump_sum(formula: LumpSum) -> Sentence:
    asked = tuple(name for name in ("percent", "amount", "backers") if getattr(formula, name) is not None)
    facts: dict[str, Any] = {
        "each": formula.each,
        "percent": formula.percent or 0,
        "amount": formula.amount or Money(0),
        "backers": _backers(formula) if formula.backers else "",
    }
    return Sentence(_LUMP_SUMS[asked], **facts)


_LUMP_SUMS: dict[tuple[str, ...], Any] = {
    ("percent",): _l("A campaign gets %(each)s once %(percent)s%% of its target has been given by card."),
    ("amount",): _l("A campaign gets %(each)s once %(amount)s has been given by card."),
    ("backers",): _l("A campaign gets %(each)s once it has %(backers)s."),
    ("percent", "amount"): _l(
        "A campaign gets %(each)s once %(percent)s%% of its target, and at least %(amount)s, has been given by card."
    ),
    ("percent", "backers"): _l(
        "A campaign gets %(each)s once %(percent)s%% of its target has been given by card, and it has %(backers)s."
    ),
    ("amount", "backers"): _l(
        "A campaign gets %(each)s once %(amount)s has been given by card, and it has %(backers)s."
    ),
    ("percent", "amount", "backers"): _l(
        "A campaign gets %(each)s once %(percent)s%% of its target, and at least %(amount)s, has been given by card, "
        "and it has %(backers)s."
    ),
}


def _backers(formula: Fixed | LumpSum) -> Any:
    return Sentence(lazy_ngettext("%(num)d backer", "%(num)d backers", formula.backers or 0))


# What else is promised.


def _order(formula: Formula) -> list[Sentence]:
    said = [
        Sentence(
            _l("Gifts count in the order in which their cards were saved, from the moment the campaign joined."),
            _l("A gift that is raised keeps its place; what it was raised by counts from then on."),
        )
    ]
    if isinstance(formula, Ratio):
        said.append(Sentence(_l("Parts of a penny are rounded down, gift by gift.")))
    limits = [name for name in CAPS if getattr(formula, f"per_{name}", None) is not None]
    if limits:
        said.append(
            Sentence(
                _l("The limits are looked at in this order: %(limits)s."),
                limits=_Listed([_LIMIT_NAMES[name] for name in (*limits, "pot")]),
            )
        )
    return said


class _Listed(Sentence):
    """Names in a row, as the language that is spoken puts commas and its word for "and"."""

    def __init__(self, names: list[Any]):
        super().__init__()
        self.names = names

    def __str__(self) -> str:
        return format_list([str(name) for name in self.names], locale=current().locale)

    def __html__(self) -> Markup:
        return escape(str(self))


def _pot(scheme: Scheme) -> Sentence:
    return Sentence(
        _l("There is %(pot)s in the pot."),
        _l("When less is left than would be added, all that is left is added; after that, nothing is."),
        pot=scheme.pot,
    )


_LIMIT_NAMES: dict[str, Any] = {
    "gift": _l("the gift"),
    "person": _l("the person in this campaign"),
    "person_in_scheme": _l("the person in all campaigns"),
    "campaign": _l("the campaign"),
    "pot": _l("what is left in the pot"),
}
_FUNDERS = Sentence(
    _l("Each funder pays in proportion to what it has put into the pot, and never more than that."),
)
_GIFT_BACK = (
    Sentence(
        _l(
            "If a gift is cancelled or lowered before the campaign closes, what was added to it goes back into the pot."
        ),
        _l("Gifts that got too little, or nothing, because the pot was empty are then matched in their order."),
    ),
    Sentence(
        _l("Once the campaign has closed, nothing more is added to its gifts."),
        _l("If a gift is not paid or is given back later, what was added to it goes back too."),
    ),
)
_SUM_BACK = (
    Sentence(
        _l("If gifts are cancelled and the campaign no longer has what it needs, the sum goes back into the pot."),
        _l("Once the campaign has closed, it keeps the sum, even if single gifts are given back."),
    ),
)
_FAILED = Sentence(
    _l("If the campaign does not reach its target, nothing is paid, and all of it goes back into the pot.")
)
_EXCLUDED = Sentence(_l("Our staff can decide that a gift does not count here. They give a reason, and it is kept."))

# Why a gift got less than the formula comes to.

_CUT: dict[str, Any] = {
    "gift": _l("This is the most that is added to one gift."),
    "person": _l("This is what was left for this person in this campaign."),
    "person_in_scheme": _l("This is what was left for this person in all campaigns together."),
    "campaign": _l("This is what was left for this campaign."),
    "pot": _l("This is what was left in the pot."),
}
_USED_UP: dict[str, Any] = {
    "gift": _l("The most that is added to one gift had been added before it was raised."),
    "person": _l("The most that is added for one person in one campaign had been reached."),
    "person_in_scheme": _l("The most that is added for one person in all campaigns had been reached."),
    "campaign": _l("The most that is added for one campaign had been reached."),
    "pot": _l("The pot was empty."),
}
_EITHER: dict[str, Any] = {
    "excluded": _l("Our staff decided that this gift does not count here."),
    "too_small": _l("The gift is too small: it comes to less than a penny."),
    "taken_back": _l("The gift was not paid in full, or was given back."),
}
