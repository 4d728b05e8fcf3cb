"""What a crowd says: sentences of each topic, put together by chance so that no two comments are alike."""

from collections.abc import Iterator
from itertools import product
from random import Random

PLACES = (
    "Tottenham",
    "Woolwich",
    "Ealing Broadway",
    "Peckham Rye",
    "Stratford",
    "Hounslow",
    "Walthamstow",
    "Croydon",
    "Kilburn",
    "Bethnal Green",
    "Sutton",
    "Edmonton Green",
    "Brixton",
    "Harrow",
    "Barking",
    "Deptford",
    "Wembley",
    "Romford",
    "Hackney Wick",
    "Tooting",
)
BEGINNINGS = (
    "In {place} it is like this:",
    "I can speak only of {place}.",
    "We have lived in {place} for eleven years.",
    "From {place}:",
    "I work in {place} and see it every day.",
    "My children grow up in {place}.",
    "Where I am, in {place},",
    "A note from {place}.",
)
SENTENCES = {
    "keeping-cool": (
        (
            "the flat is warmer at midnight than at noon.",
            "the only shade is the bus shelter.",
            "the park has trees and no water.",
            "the leisure centre is cool and costs six pounds.",
            "our landing is the coolest place and we sit there with the neighbours.",
            "the fan shop was sold out by nine.",
            "the paddling pool was closed for the whole of July.",
            "the windows of the new block do not open.",
        ),
        (
            "What would help is water, shade and a door that is open after eight.",
            "I should like a list on paper, for those without a phone.",
            "A text message the day before would do.",
            "Blinds on the outside, and the rest is luxury.",
            "Please think of people with a dog.",
            "Somebody should ring those who live alone.",
            "Plant now, and our grandchildren will thank us.",
        ),
    ),
    "getting-around": (
        (
            "two buses come together and then none for twenty minutes.",
            "the pavement is as wide as my wheelchair and no wider.",
            "the cycle lane ends where one needs it most.",
            "the station has a lift, and it is out of order.",
            "people park on the corner, every evening.",
            "I count the seconds at the crossing.",
            "the timetable and the buses do not know each other.",
        ),
        (
            "It would cost little to try another way for a month.",
            "Ask those who drive the buses; they know.",
            "Count people, and not vehicles.",
            "I would rather wait five minutes longer and know it.",
            "A dropped kerb is not much to ask for.",
            "Who decides this, and where do they live?",
            "Thank you to whoever mended the light.",
        ),
    ),
    "rough-sleeping": (
        (
            "the same three people have slept by the church since spring.",
            "the night shelter is full by six.",
            "our volunteers bring soup on Thursdays.",
            "nobody knows whom to ring at two in the morning.",
            "a hostel place is free as soon as somebody answers the telephone.",
        ),
        (
            "What helped was one person who stayed the same.",
            "A key of one’s own changes everything.",
            "Ask them; they are the experts.",
            "It is cheaper to house somebody than to move them on.",
            "We could do more if we knew whom to ask.",
        ),
    ),
    "clean-air": (
        (
            "I taste the road on some mornings.",
            "the school street is quiet, and the next one is not.",
            "my inhaler lasts half as long in winter.",
            "lorries wait with their engines on.",
            "the hedge between road and playground has grown, and it helps.",
            "the wood smoke comes at six.",
        ),
        (
            "Measure it at the height of a child.",
            "Carers and tradespeople need an answer before the signs go up.",
            "More trees, fewer promises.",
            "I sold the car, and I do not miss it.",
            "I need my car, and I should like to need it less.",
            "It is better than it was ten years ago; I say so too.",
        ),
    ),
}


def words(topic: str, seed: int) -> Iterator[str]:
    """Comments on a topic without end, none twice before everything was said once."""
    middles, ends = SENTENCES[topic]
    everything = list(product(BEGINNINGS, middles, ends, PLACES))
    Random(seed).shuffle(everything)  # noqa: S311 - nothing secret
    round_number = 0
    while True:
        for beginning, middle, end, place in everything:
            again = f" (And again, for the {round_number + 1}th time.)" if round_number else ""
            yield f"{beginning.format(place=place)} {middle[0].upper()}{middle[1:]} {end}{again}"
        round_number += 1
