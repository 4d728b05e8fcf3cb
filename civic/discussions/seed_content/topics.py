"""The demo's topics: what City Hall has asked Londoners about, in words of our own."""

from typing import NamedTuple


class PlannedTopic(NamedTuple):
    """A topic; `waits` for a moderator, `pause` in seconds between two texts of one person."""

    slug: str
    title: str
    summary: str
    waits: bool = False
    pause: int = 0
    is_closed: bool = False
    members_open: bool = True


TOPICS = (
    PlannedTopic(
        "keeping-cool",
        "Keeping cool in hot weather",
        "How hot days feel at home, at work and on the way, and what would help. Example data.",
    ),
    PlannedTopic(
        "your-local-area",
        "Reimagine your local area",
        "What would make your street, square or high street a better place? Put your idea here. Example data.",
        members_open=False,
    ),
    PlannedTopic(
        "getting-around",
        "Getting around London: walking, cycling, wheeling, buses, trains, boats and everything in between",
        "What works on your way, what does not, and what should be tried. Example data.",
    ),
    PlannedTopic(
        "rough-sleeping",
        "Rough sleeping",
        "What helps people off the street for good. A moderator reads every comment before it is shown. Example data.",
        waits=True,
    ),
    PlannedTopic(
        "clean-air",
        "Clean air",
        "The air on your way to school and work, at home and in the park. Example data.",
        pause=300,
    ),
    PlannedTopic(
        "peoples-question-time",
        "People’s Question Time",
        "Questions that were put to the Mayor and the London Assembly, and their answers. Example data.",
        is_closed=True,
        members_open=False,
    ),
)
