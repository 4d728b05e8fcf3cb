"""Places: the boroughs of London, which everything else may name by their codes."""

from civic.places.boroughs import BOROUGHS, Borough, borough, by_name

__all__ = ["BOROUGHS", "Borough", "borough", "by_name"]
