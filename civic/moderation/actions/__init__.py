"""What can be done in moderation; packages above use `screen`, `published`, `changed` and `withdrawn`."""

from civic.moderation.actions.cases import hold_author
from civic.moderation.actions.screening import Screening, changed, published, screen
from civic.moderation.actions.withdrawing import withdrawn

__all__ = ["Screening", "changed", "hold_author", "published", "screen", "withdrawn"]
