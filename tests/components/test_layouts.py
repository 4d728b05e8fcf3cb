"""Layouts: what every page has, whatever stands in it."""

import re

import pytest

LAYOUTS = ("page", "form", "wide", "detail", "staff")
PAGE = (
    "{{% extends 'layouts/{}.html' %}}{{% block heading %}}{{{{ words }}}}{{% endblock %}}"
    "{{% block description %}}Of the page{{% endblock %}}{{% block content %}}<p>Body</p>{{% endblock %}}"
    "{{% block aside %}}<p>Aside</p>{{% endblock %}}"
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_heading_begins_the_title_and_is_escaped_once(draw, layout):
    html = draw(PAGE.format(layout), words="Tea & <b>trees</b>")
    assert (
        "<title>Tea &amp; &lt;b&gt;trees&lt;/b&gt; - Civic London</title>" in html
        or "<title>Tea &amp; trees - Civic London</title>" in html
    )
    assert len(re.findall("<h1", html)) == 1
    assert "Tea &amp; &lt;b&gt;trees" in html
    assert "<b>trees" not in html


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_speaks_its_language_and_direction(draw, layout):
    english, arabic = (draw(PAGE.format(layout), words="x", language=code) for code in ("en", "ar"))
    assert '<html lang="en" dir="ltr"' in english
    assert "vendor/civic.css" in english
    assert '<html lang="ar" dir="rtl"' in arabic
    assert "vendor/civic.rtl.css" in arabic


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_skip_link_comes_first_and_lands(draw, layout):
    html = draw(PAGE.format(layout), words="x")
    assert re.search(r"<a [^>]*>", html[html.index("<body") :]).group().startswith('<a href="#main-content"')
    assert 'id="main-content"' in html


def test_errors_begin_the_title(draw):
    html = draw(PAGE.format("form"), words="Your details", has_errors=True)
    assert "<title>Error: Your details - Civic London</title>" in html


def test_other_languages_are_offered_in_their_own_script(draw):
    html = draw(PAGE.format("page"), words="x")
    assert re.search(r'<a [^>]*lang="ar" hreflang="ar" dir="rtl"[^>]*>العربية</a>', html)
    assert '<link rel="alternate" hreflang="pl" href="http://localhost/pl/x">' in html
    assert 'hreflang="en-x-long" href="http' not in html


def test_display_preferences_stand_on_the_root(draw):
    from types import SimpleNamespace

    html = draw(PAGE.format("page"), words="x", display=SimpleNamespace(attributes={"data-theme": "dark"}))
    assert re.search(r'<html [^>]*data-theme="dark"', html)


def test_the_act_comes_before_the_story_for_those_who_hear_the_page(draw):
    html = draw(PAGE.format("detail"), words="x")
    assert html.index("<h1") < html.index("Aside") < html.index("Body")


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 429, 500])
@pytest.mark.parametrize("sentence", [None, "This campaign has ended."])
def test_bad_news_says_what_happened_that_nothing_is_lost_and_what_to_do(draw, workshop, status, sentence):
    source = f"{{% extends 'errors/{status}.html' %}}"
    html = draw(source, sentence=sentence, request_id="abc-1")
    assert "What you can do" in html
    assert "abc-1" in html
    assert not sentence or sentence in html
    assert re.search("Nothing|not saved|not carried out", html)


def test_a_message_names_its_language_and_loads_nothing(draw):
    source = "{% extends 'emails/layout.html' %}{% block heading %}Hello{% endblock %}{% block content %}<p>x</p>{% endblock %}"
    html = draw(source, language="ar")
    assert '<html lang="ar" dir="rtl">' in html
    assert "<img" not in html
    assert "<link" not in html


DOCUMENT = (
    "{% extends 'layouts/document.html' %}{% block heading %}{{ words }}{% endblock %}{% block lede %}{{ lede }}{% endblock %}"
    "{% block footer_line %}MD-14{% endblock %}{% block content %}<p>Body</p>{% endblock %}"
)


def test_a_document_is_a_page_of_its_own_in_its_language(draw):
    html = draw(DOCUMENT, words="Tea & <b>trees</b>", lede="For all", language="ar")
    assert '<html lang="ar" dir="rtl">' in html
    assert len(re.findall("<h1", html)) == 1
    assert "<b>trees" not in html
    assert '<meta name="description" content="For all">' in html
    assert not re.search("<script|<link|<nav|<form", html)


def test_a_document_without_a_lede_has_no_empty_line(draw):
    html = draw(DOCUMENT, words="x", lede="")
    assert "document-lede" not in html and "description" not in html


def test_every_word_of_a_documents_frame_is_translated(draw):
    html = draw(DOCUMENT, words="[Ŵ~]", lede="", language="xx")
    foot = re.search('document-running-foot__page">(.*)</div>', html).group(1)
    assert foot.startswith("[") and "Page" not in foot and foot.count("<span") == 2
