"""`python -m benchmarks.formats [rounds]`: processor time (ours and the speaker's) of each format, apart from the database: medians.

The reading is a survey of twenty questions; speech is told a minute of what it says. Goals: large print 1 s, Braille and EPUB 0.2 s,
a minute of speech 2 s.
"""

import os
import sys
from statistics import median

from civic.app import create_app
from civic.core.reading import Answer, Facts, Heading, Prose, Question, Reading
from civic.formats.kinds import FORMATS, size_words
from civic.formats.making.source import Source

GOALS = {"large-print-18": 1.0, "large-print-20": 1.0, "large-print-24": 1.0, "braille": 0.2, "epub": 0.2, "text": 0.2}
A_MINUTE_OF_SPEECH = 2.0
QUESTIONS, ROUNDS = 20, 5


def reading() -> Reading:
    """A survey of twenty questions with five answers each."""
    answers = tuple(Answer(code, f"An answer that is about as long as most, {code}") for code in "abcde")
    asked = [
        Question(
            f"Q{n}",
            f"How often do you walk, cycle or take a bus in your borough, number {n}?",
            hint="Think of last week.",
            instruction="Choose one answer.",
            answers=answers,
        )
        for n in range(1, QUESTIONS + 1)
    ]
    blocks = (
        Facts((("How long it takes", "About 8 minutes"),)),
        Heading("About"),
        Prose("Words. " * 120),
        Heading("Questions"),
        *asked,
    )
    return Reading("How do you get about?", "en", blocks, "http://localhost/en/surveys/x", "A summary.", "Survey")


def main(rounds: int) -> None:
    """Print a table."""
    app = create_app()
    with app.test_request_context("/en/"):
        app.preprocess_request()
        source = Source(reading())
        print("| format | ms | goal | size | length |\n|---|---|---|---|---|")
        for each in FORMATS.values():
            if not each.is_here("en"):
                print(f"| {each.key} | not here | | | |")
                continue
            made = each.make(source)  # once before: fonts and tables are read
            times = []
            for _round in range(rounds):
                start = sum(os.times()[:4])
                made = each.make(source)
                times.append(sum(os.times()[:4]) - start)
            goal = A_MINUTE_OF_SPEECH * made.length / 60 if each.key == "audio" else GOALS.get(each.key)
            shown = f"{goal * 1000:.0f}" if goal else "–"
            said = each.length_words(made.length) or "–"
            print(f"| {each.key} | {median(times) * 1000:.0f} | {shown} | {size_words(len(made.data))} | {said} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
