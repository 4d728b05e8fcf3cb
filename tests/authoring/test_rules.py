"""What is looked for in a text, in three languages, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.authoring.rules import reading
from civic.authoring.rules.checks import GATES, check, check_film
from civic.authoring.rules.links import is_vague
from civic.authoring.rules.pictures import LONGEST, fault_of
from civic.authoring.rules.scripts import is_in_other_letters
from civic.authoring.wording import SENTENCES


def rules_of(text, language="en", **how):
    return [one.rule for one in check(text, language, **how)]


@pytest.mark.parametrize(
    ("text", "rule", "quoted"),
    (
        ("## One\n\n#### Two", "heading_jump", "Two"),
        ("## One\n\n##\n\nText", "heading_empty", ""),
        ("**Why we ask**\n\nBecause.", "bold_heading", "Why we ask"),
        ("__Why we ask:__\n\nBecause.", "bold_heading", "Why we ask:"),
        ("Look [here](https://example.org/plan).", "link_vague", "here"),
        ("[Read more →](https://example.org/plan)", "link_vague", "Read more →"),
        ("[](https://example.org/plan)", "link_empty", "https://example.org/plan"),
        ("[https://example.org/plan](https://example.org/plan)", "link_address", "https://example.org/plan"),
        ("[The plan](/a) and [the plan](/b)", "link_twice", "the plan"),
        ("It stands at https://example.org/plan.", "address", "https://example.org/plan"),
        ("It stands at www.example.org.", "address", "www.example.org"),
        ("| Day | Place |\n|---|---|\n| Monday | Hall |", "table", "| Day | Place |"),
        ("| Day | Place |\n| Monday | Hall |", "table", "| Day | Place |"),
        ("This is <b>bold</b>.", "html", "<b>"),
        ("![A map of the route](https://example.org/map.png)", "picture_lost", "A map of the route"),
        ("PLEASE DO NOT MISS THIS", "capitals", "PLEASE DO NOT MISS THIS"),
        ("Come along 🎉🎉🎉 today.", "emoji", "🎉🎉🎉"),
        ("• parks\n• trees\n• ponds", "typed_list", "• parks"),
    ),
)
def test_each_fault_is_found_with_its_words(text, rule, quoted):
    assert [(one.rule, one.quoted) for one in check(text, "en")] == [(rule, quoted)]


@pytest.mark.parametrize(
    "text",
    (
        "",
        "## One\n\nText.\n\n### Two\n\nText.\n\n## Three\n\nText.",
        "### It may begin anywhere\n\nText.",
        "**Note:** this is a sentence that begins in bold.",
        "- **Parks**\n- **Ponds**",
        "**This whole sentence matters, so all of it is bold.**",
        "See [the draft tree plan](https://example.org/plan), or [write to us](mailto:trees@example.org).",
        "The GLA, TfL and the NHS agree. So do the BBC, LFB, MPS and NHS.",
        "Well done 🎉",
        "Between 5 | 6 of us came.",
        "Dr. Jones of St. Mary’s, e.g. on Monday, came at 9 a.m. with us.",
        "Use `<b>` or `https://example.org` as code.",
        "The hall is at 12 High St. It opens at 9.",
    ),
)
def test_good_texts_are_left_alone(text):
    assert check(text, "en") == ()


def test_a_text_without_markdown_is_read_as_it_is_shown():
    assert rules_of("**Bold** and [words](https://example.org)", markdown=False) == ["address_plain", "marks", "marks"]
    assert rules_of("| not | a table |\n| here | at all |", markdown=False) == []


@pytest.mark.parametrize(("text", "language"), (("Kliknij [tutaj](/x).", "pl"), ("للمزيد [اضغط هنا](/x).", "ar")))
def test_links_that_say_nothing_are_known_in_each_language(text, language):
    assert rules_of(text, language) == ["link_vague"]


def test_a_vague_link_is_vague_in_whatever_language_the_page_is():
    assert is_vague(" TUTAJ » ")
    assert is_vague("اقرأ المزيد…")
    assert not is_vague("Here is the plan")


@pytest.mark.parametrize(
    ("alt", "fault"),
    (
        ("", "missing"),
        (" - ", "missing"),
        ("IMG_2045.JPG", "file_name"),
        ("park-final-2.png", "file_name"),
        ("Screenshot 2026-11-02 at 10.31.22", "file_name"),
        ("zdjęcie 12", "file_name"),
        ("Image of two people planting a tree", "says_picture"),
        ("Zdjęcie przedstawia park", "says_picture"),
        ("x" * (LONGEST + 1), "long"),
        ("Two people planting a tree", ""),
        ("A picture house in Brixton", ""),
    ),
)
def test_words_for_pictures(alt, fault):
    assert fault_of(alt) == fault


def test_pictures_of_our_own_need_words_where_they_are_drawn():
    own = "picture:abcdefghijklmnopqrstuvwxyz"
    assert rules_of(f"![]({own})", pictures=True) == ["alt_missing"]
    assert rules_of(f"![Two people planting a tree]({own})", pictures=True) == []
    assert rules_of(f"![Two people planting a tree]({own})") == ["picture_lost"]
    assert rules_of("DSC_0001", is_alt=True) == ["alt_file_name"]


def test_films_need_captions_and_a_transcript():
    assert [one.rule for one in check_film(False, False)] == ["no_captions", "no_transcript"]
    assert check_film(True, True) == ()


@pytest.mark.parametrize(
    ("text", "language", "count"),
    (
        ("We came. We saw! Did we? Yes… And left.", "en", 5),
        ("Dr. A. Jones came at 5 p.m. on Monday. He left, e.g. by bus.", "en", 2),
        ("Ratusz m.in. sadzi drzewa przy ul. Długiej. Koszt to ok. 5 tys. złotych.", "pl", 2),
        ("هل تريد أن تشارك؟ نعم. شارك الآن!", "ar", 3),
        ("It costs £3.50 now. Really.", "en", 2),
        ("12. 13. 14.", "en", 0),
    ),
)
def test_sentences_end_where_a_reader_would_end_them(text, language, count):
    assert len(reading.sentences(text, language)) == count


@pytest.mark.parametrize("language", ("en", "pl", "ar", "ro"))
def test_a_sentence_is_long_only_above_the_limit_of_its_language(language):
    most = reading.limits_of(language).sentence
    word = "كلمة" if language == "ar" else "word"
    assert rules_of(" ".join([word] * most) + ".", language) == []
    found = check(" ".join([word] * (most + 1)) + ".", language)
    assert [(one.rule, one.number, one.most) for one in found] == [("long_sentence", most + 1, most)]


def test_long_paragraphs_and_hard_texts_are_told():
    easy = "We plant a tree in each park. " * 20
    hard = "Implementation responsibilities notwithstanding, organisational considerations predominate. " * 12
    assert rules_of(easy) == ["long_paragraph"]
    assert rules_of(hard) == ["hard_to_read"]
    assert 0 < reading.lix(easy) < 30 < 50 < reading.lix(hard)
    assert reading.lix("") == 0


def test_a_text_in_other_letters_than_its_language_is_told():
    arabic = "نريد أن نسمع رأيك في الحدائق الجديدة في حيك"
    assert is_in_other_letters(arabic, "en")
    assert not is_in_other_letters(arabic, "ar")
    assert not is_in_other_letters(f"{arabic} TfL", "ar")
    assert is_in_other_letters("We want to hear what you think of the parks", "ar")
    assert not is_in_other_letters("TfL", "ar")
    assert not is_in_other_letters("We want to hear what you think of the parks", "bn")


def test_gates_come_first_and_each_rule_has_a_sentence():
    found = check("A sentence that is " + "very " * 30 + "long. [here](/x)", "en")
    assert [one.is_gate for one in found] == [True, False]
    assert set(SENTENCES) >= GATES


def test_a_long_quotation_is_cut_at_a_word():
    (found,) = check("word " * 40 + "end.", "en")
    assert len(found.quoted) <= 121
    assert found.quoted.endswith(" word…")


@given(
    st.text(alphabet=st.sampled_from("aB .!|-*#[]()<>/\n\t•–ęع؟😀1_`:"), max_size=200),
    st.sampled_from(("en", "pl", "ar")),
    st.booleans(),
)
def test_nothing_that_can_be_typed_is_a_surprise(text, language, markdown):
    for one in check(text, language, markdown=markdown):
        assert one.rule in SENTENCES or one.rule in ("long_sentence", "long_paragraph", "hard_to_read", "alt_long")
