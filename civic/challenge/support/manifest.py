"""What support brings to the house."""

from civic.challenge.support import models
from civic.core.manifest import Manifest

manifest = Manifest(name="challenge_support")
__all__ = ["manifest", "models"]
