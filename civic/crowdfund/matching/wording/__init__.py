"""The words for what match funding keeps as codes, in the reader's language."""

from civic.crowdfund.matching.wording.signals import SIGNAL_NAMES, SIGNAL_REASONS, signal_sentence

__all__ = ["SIGNAL_NAMES", "SIGNAL_REASONS", "signal_sentence"]
