"""The words for what the database keeps as codes, in the reader's language."""

from civic.accounts.wording import Words, choices
from civic.crowdfund.wording.campaigns import (
    EVIDENCE_NAMES,
    FUNDING_NAMES,
    IMPACT_NAMES,
    KIND_NAMES,
    METHOD_NAMES,
    MOVES,
    PLACE_KIND_NAMES,
    REPORT_NAMES,
    SPENDING_NAMES,
    STATE_COLOURS,
    STATE_NAMES,
)
from civic.crowdfund.wording.checking import CHECK_ITEMS, RESULT_COLOURS, RESULT_NAMES


class CampaignWords:
    """Everything that pages say about campaigns, under one name in templates (`campaign_words.kinds[…]`)."""

    kinds, impacts, states, colours = KIND_NAMES, IMPACT_NAMES, STATE_NAMES, STATE_COLOURS
    places, spendings, fundings, evidence = PLACE_KIND_NAMES, SPENDING_NAMES, FUNDING_NAMES, EVIDENCE_NAMES
    methods, moves, reports = METHOD_NAMES, MOVES, REPORT_NAMES
    checks, results, result_colours = CHECK_ITEMS, RESULT_NAMES, RESULT_COLOURS


__all__ = [
    "CHECK_ITEMS",
    "EVIDENCE_NAMES",
    "FUNDING_NAMES",
    "IMPACT_NAMES",
    "KIND_NAMES",
    "METHOD_NAMES",
    "MOVES",
    "PLACE_KIND_NAMES",
    "REPORT_NAMES",
    "RESULT_COLOURS",
    "RESULT_NAMES",
    "SPENDING_NAMES",
    "STATE_COLOURS",
    "STATE_NAMES",
    "CampaignWords",
    "Words",
    "choices",
]
