"""What privacy brings to the house."""

from civic.core.manifest import Manifest
from civic.privacy import views

manifest = Manifest(name="privacy", blueprints=[views.bp])
