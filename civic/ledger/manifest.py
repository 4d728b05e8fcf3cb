"""What the ledger brings to the house."""

from civic.core.manifest import Manifest
from civic.ledger import models  # noqa: F401 - its tables
from civic.ledger.checks import books_are_guarded, books_balance

manifest = Manifest(name="ledger", checks=[books_balance, books_are_guarded])
