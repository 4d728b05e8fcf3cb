"""Pictures in Markdown come from our own files alone, with words; and nothing that anybody writes runs."""

import html5lib
import pytest

from civic.core.markdown import PictureIn, pictures_in, render_markdown

KEY = "Abcdefghijklmnopqrstuvw-"
OWN = f"![a heron](picture:{KEY}/1600x900)"
TAGS = {
    "html",
    "head",
    "body",
    "p",
    "a",
    "img",
    "em",
    "strong",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "blockquote",
    "br",
    "hr",
    "h2",
    "h3",
}
ATTRIBUTES = {
    "a": {"href", "class", "rel"}, "img": {"src", "alt", "width", "height", "loading", "class"}, "p": {"class"}, "ul": {"class"},
    "ol": {"class", "start"},
}  # fmt: skip
ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](//evil.example/x.png)",
    "![x](http://evil.example/x.png)",
    "![x](/files/../../etc/passwd)",
    f'![x](picture:{KEY}/1600x900"onload=alert(1))',
    f'![x](picture:{KEY} "title" onload=alert(1))',
    f"![x](picture:{KEY}/../../evil)",
    f'!["><script>alert(1)</script>](picture:{KEY})',
    f'![" onerror="alert(1)](picture:{KEY})',
    f"![[a](javascript:alert(1))](picture:{KEY})",
    f"[![x](picture:{KEY})](javascript:alert(1))",
    f"![x]( picture:{KEY} )",
    f"![x][p]\n\n[p]: picture:{KEY}/1x9",
    f"![x][p]\n\n[p]: javascript:alert(1) 'picture:{KEY}'",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt&colon;alert(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](vbscript:x)",
    "<a href='javascript:alert(1)'>a</a>",
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "</p></main><h1>GLA Staff</h1>",
    "<!--<script>--><script>alert(1)</script>",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "# <img src=x onerror=alert(1)>",
    "\u202e<script>\u2066",
    "<style>body{display:none}</style>",
    "<form action=//evil.example><button>Sign in</button></form>",
)


def parsed(text, **options):
    return html5lib.parse(str(render_markdown(text, **options)), namespaceHTMLElements=False)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("around", ["{}", "Before {} after", "> {}", "- {}", OWN + " {}"])
def test_nothing_that_is_written_runs(attack, around):
    for element in parsed(around.replace("{}", attack), under=2, pictures=True).iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag in TAGS, element.tag
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set()), element.attrib
        if element.tag == "img":
            assert element.get("src") == f"/files/{KEY}/large.webp"
        if element.tag == "a":
            assert (
                element.get("href", "").startswith(("http:", "https:", "mailto:", "/", "#", ""))
                and "javascript" not in (element.get("href") or "").lower().split("?")[0]
            )


def test_a_picture_of_our_own_is_drawn_in_its_size_with_its_words():
    image = parsed(OWN, pictures=True).find(".//img")
    assert image.attrib == {
        "src": f"/files/{KEY}/large.webp", "alt": "a heron", "width": "1600", "height": "900", "loading": "lazy",
        "class": "app-text-picture",
    }  # fmt: skip


@pytest.mark.parametrize("text", [OWN, f"![](picture:{KEY})", "![x](http://evil.example/x.png)"])
def test_where_pictures_are_not_wanted_there_are_none(text):
    assert parsed(text).find(".//img") is None


def test_a_picture_without_words_is_not_drawn():
    for alt in ("", " ", "**", "&nbsp;"):
        assert parsed(f"![{alt}](picture:{KEY})", pictures=True).find(".//img") is None


def test_every_picture_that_a_text_names_is_found():
    text = f"{OWN} and ![](picture:{KEY}), ![far](https://a.example/b.png)\n\n> - ![**deep** one](picture:{KEY})\n\n`![no](x)`"
    assert pictures_in(text) == [
        PictureIn(f"picture:{KEY}/1600x900", KEY, "a heron"), PictureIn(f"picture:{KEY}", KEY, ""),
        PictureIn("https://a.example/b.png", None, "far"), PictureIn(f"picture:{KEY}", KEY, "deep one"),
    ]  # fmt: skip
