"""Readings of every kind of block, for makers to be tried on."""

from io import BytesIO

from PIL import Image

from civic.core.i18n import Words
from civic.core.reading import Answer, Facts, Heading, Picture, Prose, Question, Reading, Table
from civic.formats.making.source import Source

KEY = "picture-of-a-street-key"
STORY = """A *nice* [guide](https://example.org/guide) & more.

- one
- two

1. first
2. second

# Deeper

A line\\
and another <b>bold</b> “quote”.
"""


def picture() -> bytes:
    """A picture as it is kept."""
    out = BytesIO()
    Image.new("RGB", (300, 200), "seagreen").save(out, "WEBP")
    return out.getvalue()


def reading(language: str = "en", questions: int = 2, **about: object) -> Reading:
    """Everything that a reading can hold."""
    asked = (
        Question(
            f"Q{number}", f"How do you travel most, question {number}?", hint="Think of last week.", instruction="Choose one answer.",
            answers=(Answer("a", "By bus"), Answer("b", "On foot"), Answer("c", "By Tube")),
        )
        for number in range(1, questions + 1)
    )  # fmt: skip
    blocks = (
        Facts((("Who decides", Words("عمدة لندن", "ar")), ("Costs", "£1,250"))),
        Picture(KEY, "A street with trees"),
        Heading("About"),
        Prose(STORY),
        Heading("The questions"),
        *asked,
        Question("Q99", "Why?", condition="Answer this only if Q1 is a (By bus).", lines=8),
        Question("Q100", "And these?", answers=(Answer("a", "A lot"),), rows=(Answer("Q100.1", "The Mayor"),)),
        Heading("What people said", 2),
        Table("Answers", ("Answer", "People", "Share"), (("By bus", "12", "40%"), ("On foot", "18", "60%")), "Most walk."),
        Prose("ما الذي يجعل شارعك بارداً؟", "ar"),
        Prose("Plain *stars* stay.\n\nSecond paragraph.", markdown=False),
    )  # fmt: skip
    facts = {"url": "https://civic.example/en/surveys/streets", "summary": "A short summary.", "kind": "Survey"} | about
    return Reading("What keeps your street cool?", language, blocks, **facts)  # type: ignore[arg-type]


def source(language: str = "en", **about: object) -> Source:
    """The same with its picture."""
    return Source(reading(language, **about), {KEY: picture()})  # type: ignore[arg-type]
