"""The demo's Easy Read: a survey in short sentences, each with a picture. The pictures are handed in by whoever plants."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from werkzeug.datastructures import FileStorage

from civic.accounts.models import User
from civic.formats.actions import slots as actions

# Which scene, the text, and what the picture shows.
POINTS = (
    (
        "buildings",
        "This is about hot days in London.\nSome homes get very hot.",
        "Drawing: a row of houses in different colours beside a tree.",
    ),
    (
        "streets_infrastructure",
        "We want to know which streets are too hot.\nWe want to know where the air is bad.",
        "Drawing: a planted bridge with arches over water.",
    ),
    (
        "parks_gardens",
        "Trees make shade.\nTell us where London needs trees.",
        "Drawing: a path between trees on green hills.",
    ),
    (
        "sport_play",
        "Water keeps people cool.\nTell us where you want drinking water.",
        "Drawing: an outdoor swimming pool with five lanes and a row of huts.",
    ),
    (
        "arts_culture",
        "You can answer the survey on this site.\nNobody will know who you are.\nSomebody can help you to answer.",
        "Drawing: a long wall painted with bright shapes.",
    ),
)


def plant(about: str, *, by: User, scene: Callable[[str, int], bytes], now: datetime) -> str:
    """A published Easy Read version of a survey; `scene` draws a picture of a kind. Tells what was done."""
    slot = actions.start(about, "easy_read", "en", by=by, now=now)
    for number, (kind, text, alt) in enumerate(POINTS, 1):
        picture = FileStorage(BytesIO(scene(kind, number)), filename=f"{kind}.png")
        actions.add_point(slot, picture, text=text, alt=alt, now=now)
    actions.publish(slot, by=by, now=now)
    return "an Easy Read version of a survey"
