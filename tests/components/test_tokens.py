"""Every colour can be told from what it stands on, in every theme; the shares are WCAG's, computed from the tokens' own file."""

import re
from functools import cache
from pathlib import Path

import pytest

FRONTEND = Path(__file__).parent.parent.parent / "frontend"
WORDS, SHAPES = 4.5, 3.0
SURFACES = ("ground", "raised", "sunken")
ON_SURFACES = ("ink", "ink-soft", "link", "link-visited", "link-hover", "brand", "act", "good")
# (what, on what, at least)
PAIRS = (
    *((name, surface, WORDS) for name in ON_SURFACES for surface in SURFACES),
    *(("edge", surface, SHAPES) for surface in SURFACES),
    ("ink", "brand-tint", WORDS),
    ("link", "brand-tint", WORDS),
    ("on-brand", "brand", WORDS),
    ("on-brand", "brand-deep", WORDS),
    ("on-act", "act", WORDS),
    ("on-act", "act-deep", WORDS),
    ("on-good", "good", WORDS),
    ("focus-ink", "focus", WORDS),
    ("focus-ink", "heart", WORDS),
    ("header-ink", "header-ground", WORDS),
    ("header-soft", "header-ground", WORDS),
    ("heart", "header-ground", SHAPES),
    ("header-ink", "hero-tile", WORDS),
    ("footer-ink", "footer-ground", WORDS),
    *((f"on-tag-{name}", f"tag-{name}", WORDS) for name in ("blue", "green", "red", "yellow", "grey", "purple")),
    *((f"on-tile-{step}", f"tile-{step}", WORDS) for step in range(5)),
    *((bar, surface, SHAPES) for bar in ("bar", "bar-soft") for surface in ("ground", "raised", "track")),
)


@cache
def themes() -> dict[str, dict[str, str]]:
    text = (FRONTEND / "_tokens.scss").read_text()
    lists = re.findall(r"^\$([\w-]+): \(\n((?:  [\w-]+: #[0-9a-f]{6},\n)+)\);", text, re.MULTILINE)
    return {name: dict(re.findall(r"([\w-]+): (#[0-9a-f]{6})", body)) for name, body in lists}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_the_known_one():
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_every_theme_has_every_token():
    assert set(themes()) == {"light", "dark", "cream", "contrast-light", "contrast-dark"}
    assert len({frozenset(tokens) for tokens in themes().values()}) == 1


@pytest.mark.parametrize("theme", ["light", "dark", "cream", "contrast-light", "contrast-dark"])
def test_every_pair_of_colours_can_be_told_apart(theme):
    tokens = themes()[theme]
    faint = [
        f"{one} on {other}: {measured:.2f}, at least {least}"
        for one, other, least in PAIRS
        if (measured := contrast(tokens[one], tokens[other])) < least
    ]
    assert faint == []


@pytest.mark.parametrize("theme", ["contrast-light", "contrast-dark"])
def test_high_contrast_means_seven_to_one_for_words(theme):
    tokens = themes()[theme]
    words = [(one, other) for one, other, least in PAIRS if least == WORDS]
    assert [pair for pair in words if contrast(*(tokens[each] for each in pair)) < 7] == []


def test_no_colour_stands_outside_the_tokens():
    others = [path for path in FRONTEND.glob("*.scss") if path.name not in ("_tokens.scss", "_print.scss")]
    strays = [
        (path.name, found) for path in others for found in re.findall(r"#[0-9a-fA-F]{6}\b|rgba?\(", path.read_text())
    ]
    assert strays == []


def test_our_rules_know_no_left_and_right():
    """Logical properties only: `margin-inline-start`, never `margin-left`."""
    sides = re.compile(
        r"^\s*(?:(?:margin|padding|border|inset)-(?:left|right)|left|right|text-align: (?:left|right))\b.*",
        re.MULTILINE,
    )
    assert [(path.name, found) for path in FRONTEND.glob("*.scss") for found in sides.findall(path.read_text())] == []
