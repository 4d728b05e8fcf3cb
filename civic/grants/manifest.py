"""What grants bring to the house."""

from civic.core.manifest import Manifest

manifest = Manifest(name="grants")
