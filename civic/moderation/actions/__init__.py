"""What can be done in moderation; packages above use `screen`, `published` and `changed`."""

from civic.moderation.actions.screening import Screening, changed, published, screen

__all__ = ["Screening", "changed", "published", "screen"]
