"""What applying brings to the house."""

from civic.challenge.applying import models
from civic.core.manifest import Manifest

manifest = Manifest(name="challenge_applying")

__all__ = ["manifest", "models"]
