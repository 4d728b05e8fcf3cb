"""What the ledger brings to the house."""

from civic.core.manifest import Manifest
from civic.ledger import models  # noqa: F401 - its tables

manifest = Manifest(name="ledger")
