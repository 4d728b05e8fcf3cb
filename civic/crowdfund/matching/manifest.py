"""What match funding brings to the house."""

from civic.core.manifest import Manifest

manifest = Manifest(name="matching")
