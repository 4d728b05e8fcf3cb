"""The words for what match funding keeps as codes, in the reader's language."""

from civic.crowdfund.matching.rules import simulation, words
from civic.crowdfund.matching.wording import schemes as named
from civic.crowdfund.matching.wording.signals import SIGNAL_NAMES, SIGNAL_REASONS, signal_of, signal_sentence


class MatchWords:
    """Everything that pages say about match funding, under one name in templates (`match_words.stages[…]`)."""

    kinds, kind_hints = words.KIND_NAMES, named.KIND_HINTS
    schemes, scheme_colours = named.SCHEME_STATES, named.SCHEME_COLOURS
    places, place_colours = named.PLACE_STATES, named.PLACE_COLOURS
    stages, stage_colours, spendings = named.STAGES, named.STAGE_COLOURS, named.SPENDINGS
    signals, signal_reasons = SIGNAL_NAMES, SIGNAL_REASONS
    signal_states, signal_colours, signal_moves = named.SIGNAL_STATES, named.SIGNAL_COLOURS, named.SIGNAL_MOVES
    acts, steps, reaches, reaches_colours = named.ACTS, named.STEPS, named.REACHES, named.REACHES_COLOURS
    formula, rules, reason = words.formula_sentence, words.rule_sentences, words.reason_sentence
    assumption, forecast = simulation.assumption_sentence, simulation.forecast_sentence
    signal = staticmethod(lambda row: signal_sentence(signal_of(row)))


__all__ = ["SIGNAL_NAMES", "SIGNAL_REASONS", "MatchWords", "signal_of", "signal_sentence"]
