"""What places bring: the boroughs, for every template that draws or lists them."""

from civic.core.manifest import Manifest
from civic.places.boroughs import BOROUGHS

manifest = Manifest(name="places", template_globals={"boroughs": BOROUGHS})
