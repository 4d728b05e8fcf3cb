"""Where pictures are, and the map that stands in for a missing one."""

from flask import url_for

from civic.places import BOROUGHS

LONDON = "".join(f"M{each.x * 100} {each.y * 100}h92v92h-92z" for each in BOROUGHS)
"""The 33 boroughs as one SVG path."""


def picture_url(key: str, *, small: bool = False) -> str:
    """The address of a public picture."""
    return url_for("core.show_file", key=key, name="small.webp" if small else "large.webp")
