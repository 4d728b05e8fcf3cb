"""What discussions bring to the house."""

from civic.core.manifest import Manifest
from civic.discussions import models

manifest = Manifest(name="discussions")
assert models
