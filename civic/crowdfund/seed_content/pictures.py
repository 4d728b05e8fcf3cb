"""Pictures for the demo, drawn by us: one flat scene for each kind of project, in the colours of the site."""

import io
import random
from collections.abc import Callable

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 800
SKY, STONE, PLUM, RED, GREEN, LEAF, GOLD, RIVER, INK, SAND = (
    "#dfe9ee",
    "#efe8dc",
    "#5b2a56",
    "#c8372d",
    "#2f6b4f",
    "#5f9a6b",
    "#e9b13c",
    "#3c7391",
    "#1d2433",
    "#d8c6a4",
)
Pen = ImageDraw.ImageDraw


def scene(kind: str, seed: int) -> bytes:
    """A PNG picture (1,200 × 800 pixels) for a kind of campaign; the same seed draws the same picture."""
    chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    image = Image.new("RGB", (WIDTH, HEIGHT), SKY)
    pen = ImageDraw.Draw(image)
    pen.ellipse((880, 90, 1040, 250), fill=GOLD)
    SCENES[kind](pen, chance)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _ground(pen: Pen, colour: str, top: int = 600) -> None:
    pen.rectangle((0, top, WIDTH, HEIGHT), fill=colour)


def _tree(pen: Pen, x: int, foot: int, size: int, colour: str) -> None:
    pen.rectangle((x - size // 12, foot - size // 2, x + size // 12, foot), fill="#6b4a33")
    pen.ellipse((x - size // 2, foot - size * 5 // 4, x + size // 2, foot - size // 3), fill=colour)


def _house(pen: Pen, x: int, foot: int, width: int, height: int, colour: str) -> None:
    top = foot - height
    pen.rectangle((x, top, x + width, foot), fill=colour)
    pen.polygon(((x - 8, top), (x + width // 2, top - width // 2), (x + width + 8, top)), fill=INK)
    for row in range(2):
        for column in range(2):
            left, upper = x + width // 8 + column * width // 2, top + 30 + row * height // 3
            pen.rectangle((left, upper, left + width // 4, upper + height // 6), fill=GOLD if row else STONE)
    pen.rectangle((x + width * 3 // 8, foot - height // 4, x + width * 5 // 8, foot), fill=PLUM)


def _parks(pen: Pen, chance: random.Random) -> None:
    pen.ellipse((-300, 430, 800, 1300), fill=LEAF)
    pen.ellipse((450, 480, 1600, 1400), fill=GREEN)
    pen.polygon(((520, 800), (680, 800), (640, 560), (610, 560)), fill=SAND)
    for x in range(80, WIDTH, 150):
        if abs(x - 620) > 90:
            _tree(
                pen,
                x + chance.randint(-30, 30),
                620 + chance.randint(-30, 90),
                chance.randint(110, 190),
                LEAF if x > 640 else GREEN,
            )


def _arts(pen: Pen, chance: random.Random) -> None:
    _ground(pen, STONE, 640)
    pen.rectangle((140, 190, 1060, 640), fill=SAND)
    for column in range(14):
        for row in range(7):
            x, y = 170 + column * 62, 220 + row * 56
            colour = chance.choice((PLUM, RED, GOLD, GREEN, RIVER, STONE))
            if chance.random() < 0.5:
                pen.pieslice((x - 56, y - 50, x + 56, y + 50), 0, 90, fill=colour)
            else:
                pen.rectangle((x, y, x + 56, y + 50), fill=colour)


def _buildings(pen: Pen, chance: random.Random) -> None:
    _ground(pen, STONE)
    for number, x in enumerate(range(60, 1080, 210)):
        colour = (SAND, RED, RIVER, SAND, GREEN)[number % 5]
        _house(pen, x, 620, 170, chance.randint(210, 290), colour)
    _tree(pen, 1130, 640, 170, LEAF)


def _food(pen: Pen, chance: random.Random) -> None:
    _ground(pen, LEAF, 560)
    for row, y in enumerate(range(600, 800, 66)):
        pen.rectangle((0, y + 34, WIDTH, y + 52), fill="#6b4a33")
        for x in range(50 + 30 * (row % 2), WIDTH, 92):
            colour = chance.choice((RED, GOLD, GREEN, PLUM))
            pen.ellipse((x - 26, y - 20, x + 26, y + 34), fill=colour)
            pen.polygon(((x - 16, y - 14), (x, y - 52), (x + 16, y - 14)), fill=GREEN)
    pen.polygon(((120, 560), (120, 380), (330, 270), (540, 380), (540, 560)), fill=STONE, outline=INK, width=6)
    for x in range(190, 540, 70):
        pen.line(((x, 560), (x, 345)), fill=INK, width=4)


def _streets(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 640, WIDTH, HEIGHT), fill=RIVER)
    pen.rectangle((0, 430, WIDTH, 500), fill=PLUM)
    for x in range(-100, WIDTH, 330):
        pen.rectangle((x + 130, 500, x + 190, 680), fill=PLUM)
        pen.arc((x - 140, 470, x + 160, 770), 200, 340, fill=PLUM, width=26)
    for x in range(60, WIDTH, 170):
        _tree(pen, x + chance.randint(-20, 20), 434, chance.randint(90, 150), chance.choice((GREEN, LEAF)))
    for x in range(40, WIDTH, 220):
        pen.line(((x, 720), (x + 120, 720)), fill=SKY, width=6)


def _sport(pen: Pen, chance: random.Random) -> None:
    _ground(pen, SAND, 420)
    pen.polygon(((180, 460), (1020, 460), (1180, 780), (20, 780)), fill=RIVER)
    for lane in range(1, 6):
        pen.line(((180 + lane * 140, 460), (20 + lane * 193, 780)), fill=STONE, width=6)
    for number in range(5):
        x = 60 + number * 225 + chance.randint(-12, 12)
        pen.rectangle((x, 300, x + 150, 420), fill=(RED, STONE, PLUM, STONE, GREEN)[number])
        pen.polygon(((x - 10, 300), (x + 75, 250), (x + 160, 300)), fill=INK)


SCENES: dict[str, Callable[[Pen, random.Random], None]] = {
    "parks_gardens": _parks,
    "arts_culture": _arts,
    "buildings": _buildings,
    "food_farming": _food,
    "streets_infrastructure": _streets,
    "sport_play": _sport,
}
ALTS = {
    "parks_gardens": "Drawing: a path between trees on green hills.",
    "arts_culture": "Drawing: a long wall painted with bright shapes.",
    "buildings": "Drawing: a row of terraced houses in different colours beside a tree.",
    "food_farming": "Drawing: rows of vegetables in front of a glasshouse.",
    "streets_infrastructure": "Drawing: a planted bridge with arches over water.",
    "sport_play": "Drawing: an outdoor swimming pool with five lanes and a row of changing huts.",
}
