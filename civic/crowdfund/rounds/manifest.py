"""What the Mayor's pledge brings to the house."""

from civic.core.manifest import Manifest

manifest = Manifest(name="rounds")
