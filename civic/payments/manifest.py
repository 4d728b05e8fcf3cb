"""What payments brings to the house."""

from civic.core.manifest import Manifest
from civic.payments import models  # noqa: F401 - its tables

manifest = Manifest(name="payments")
