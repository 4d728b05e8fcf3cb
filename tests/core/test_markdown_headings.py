"""Headings in what people write stand below the page's own, in order, whatever levels were chosen."""

import re

import pytest

from civic.core.markdown import render_markdown


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# A\n\n## B\n\n# C", [3, 4, 3]),
        ("## A\n\n## B", [3, 3]),
        ("#### A\n\n# B\n\n### C", [3, 3, 4]),
        ("# A\n\n###### B", [3, 4]),
        ("text", []),
    ],
)
def test_headings_begin_right_below_the_pages_and_never_jump(text, levels):
    found = [int(level) for level in re.findall(r"<h(\d)>", str(render_markdown(text, under=2)))]
    assert found == levels
