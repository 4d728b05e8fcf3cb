"""The words for signals: what was seen, and why anybody should look; they accuse nobody."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from civic.accounts.wording import Words
from civic.core.money import Money
from civic.crowdfund.matching.models import MatchSignal
from civic.crowdfund.matching.rules import facts
from civic.crowdfund.matching.rules.signals import Signal
from civic.crowdfund.rules.promise import Sentence

SIGNAL_NAMES: Words = {
    "circle": _l("Organisers back each other"),
    "own": _l("Organisers back their own campaign"),
    "card": _l("One card, several names"),
    "cohort": _l("Many new accounts at once"),
    "split": _l("Many gifts at the limit at once"),
    "rush": _l("Over the threshold with help"),
}
SIGNAL_REASONS: Words = {
    "circle": _l(
        "Money that goes round in a circle costs its givers nothing and still brings match money. "
        "Organisers who like each other’s projects do the same, so ask before you decide."
    ),
    "own": _l(
        "Organisers may not back their own campaign, because match money is there for what others find worth backing. "
        "Somebody who lives with an organiser may use the same card."
    ),
    "card": _l(
        "The limits are there for people. If one person gives under several names, more is matched than the limits allow. "
        "Families and couples share cards too."
    ),
    "cohort": _l(
        "Accounts that were made on the same day for the same campaign may belong to one person. "
        "They may also belong to people who read the same letter."
    ),
    "split": _l(
        "A large gift that is given in pieces of just the size that is matched in full gets more than one gift may get. "
        "A class or a team that agreed on a sum looks the same."
    ),
    "rush": _l(
        "The sum is there because many people care. Here, the last of what was needed came from organisers and new accounts. "
        "A street party that everybody signs up at does the same."
    ),
}


def signal_of(row: MatchSignal) -> Signal:
    """What stands in a row as the words read it."""
    return Signal(
        row.kind,
        row.key,
        tuple(row.campaigns),
        tuple(row.gifts),
        Money(row.effect_minor),
        facts.read(row.facts),
    )


def signal_sentence(signal: Signal) -> Sentence:
    """What was seen, with its numbers, and how much depends on it."""
    # Counted words are filled before the sentence is, so that each language has its own plurals.
    told = {name: each if isinstance(each, int) else Sentence("%(it)s", it=each) for name, each in signal.facts.items()}
    return Sentence(*_SEEN[signal.kind](told), _l("It makes a difference of %(effect)s."), effect=signal.effect, **told)


def _circle(told: Any) -> list[Any]:
    if told["campaigns"] == 2:
        return [_l("Organisers of two campaigns have given %(given)s to each other’s campaigns.")]
    return [
        lazy_ngettext(
            "Organisers of %(num)d campaign have given %(given)s to each other’s campaigns, in a circle.",
            "Organisers of %(num)d campaigns have given %(given)s to each other’s campaigns, in a circle.",
            told["campaigns"],
            given=told["given"],
        )
    ]


def _own(told: Any) -> list[Any]:
    said = [_l("%(given)s came from people who run this campaign: by account, by address or by card.")]
    return [*said, _by_card(told["by_card"])] if told["by_card"] else said


def _by_card(number: int) -> Any:
    return lazy_ngettext(
        "%(num)d gift came with a card that an organiser has used, under another name.",
        "%(num)d gifts came with a card that an organiser has used, under another name.",
        number,
    )


def _card(told: Any) -> list[Any]:
    return [
        lazy_ngettext(
            "%(num)d name stands on gifts of %(given)s from one card.",
            "%(num)d names stand on gifts of %(given)s from one card.",
            told["people"],
            given=told["given"],
        )
    ]


def _cohort(told: Any) -> list[Any]:
    return [
        lazy_ngettext(
            "%(num)d account that was made between %(since)s and %(until)s gave to this campaign within two days.",
            "%(num)d accounts that were made between %(since)s and %(until)s gave to this campaign within two days.",
            told["accounts"],
            since=told["since"],
            until=told["until"],
        ),
        lazy_ngettext(
            "The campaign has %(num)d backer in all.", "The campaign has %(num)d backers in all.", told["backers"]
        ),
    ]


def _split(told: Any) -> list[Any]:
    if told["one_card"]:
        return [
            lazy_ngettext(
                "%(num)d gift of %(size)s, or a little less, came from one card within an hour.",
                "%(num)d gifts of %(size)s, or a little less, came from one card within an hour.",
                told["gifts"],
                size=told["size"],
            )
        ]
    return [
        lazy_ngettext(
            "%(num)d gift of %(size)s, or a little less, came from new accounts within an hour.",
            "%(num)d gifts of %(size)s, or a little less, came from new accounts within an hour.",
            told["gifts"],
            size=told["size"],
        )
    ]


def _rush(told: Any) -> list[Any]:
    return [
        lazy_ngettext(
            "The campaign earned its sum on %(earned_at)s. In the day before, organisers and new accounts made %(num)d gift.",
            "The campaign earned its sum on %(earned_at)s. In the day before, organisers and new accounts made %(num)d gifts.",
            told["gifts"],
            earned_at=told["earned_at"],
        ),
        _l("Together they came to %(given)s."),
    ]


_SEEN = {"circle": _circle, "own": _own, "card": _card, "cohort": _cohort, "split": _split, "rush": _rush}
