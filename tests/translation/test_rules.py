"""What is out of date, what changed, and what a translation must keep: thousands of cases without a database."""

from hypothesis import given
from hypothesis import strategies as st

from civic.translation.rules.checking import Term, faults, terms_in
from civic.translation.rules.comparing import changes, mark_of, progress

TEXT = st.text(alphabet=st.sampled_from("ab c.\nżżم"), max_size=60)


def rules_of(found):
    return [each.rule for each in found]


@given(TEXT, TEXT)
def test_changes_give_both_texts_back(before, after):
    found = changes(before, after)
    assert "".join(each.text for each in found if each.what != "added") == before
    assert "".join(each.text for each in found if each.what != "removed") == after


def test_changes_are_told_word_by_word():
    found = changes("Trees come first in May.", "Trees and water come first in June.")
    assert [each.text.strip() for each in found if each.what == "added"] == ["and water", "June"]
    assert [each.text.strip() for each in found if each.what == "removed"] == ["May"]


def test_a_very_long_text_is_compared_at_once():
    long = "word " * 20_000
    assert [each.what for each in changes(long, long + "end")] == ["removed", "added"]
    assert [each.what for each in changes(long, long)] == ["same"]


@given(TEXT)
def test_a_mark_does_not_depend_on_space_around_or_the_kind_of_line_breaks(text):
    assert mark_of(text) == mark_of(f"  {text}\r\n".replace("\n", "\r\n")) == mark_of(text.strip())


@given(TEXT, TEXT)
def test_other_words_have_another_mark(one, other):
    plain = ["\n".join(line.rstrip() for line in each.strip().split("\n")) for each in (one, other)]
    assert (mark_of(one) == mark_of(other)) == (plain[0] == plain[1])


def test_progress_counts_what_is_done_missing_and_stale():
    kept = {"title": mark_of("Trees"), "text": mark_of("Then"), "gone": "x"}
    told = progress([("title", "Trees"), ("text", "Now"), ("summary", "Short")], kept, waiting=2)
    assert (told.texts, told.done, told.stale, told.missing, told.waiting) == (3, 2, 1, 1, 2)
    assert not told.is_complete
    assert progress([("title", "Trees")], kept).is_complete
    assert not progress([], {}).is_complete


def test_a_kept_translation_without_a_mark_is_never_out_of_date():
    assert progress([("title", "Trees")], {"title": ""}).stale == 0


def test_a_locked_term_must_be_said_as_it_is_locked():
    terms = [Term("ULEZ", "ULEZ", True), Term("Mayor's pledge", "wkład burmistrza", True)]
    source = "The ULEZ grows. The Mayor’s pledge pays."
    assert rules_of(faults(source, "ULEZ rośnie. Wkład burmistrza płaci.", terms)) == []
    found = faults(source, "Strefa rośnie. Wkład Burmistrza płaci.", terms)
    assert [(each.rule, each.about, each.is_grave) for each in found] == [("locked", "ULEZ", True)]


def test_a_preferred_term_is_advice():
    found = faults("Each borough", "Każda gmina", [Term("borough", "dzielnica", False)])
    assert [(each.rule, each.is_grave) for each in found] == [("preferred", False)]


def test_a_term_is_a_whole_word_and_the_longest_counts():
    terms = [Term("Mayor", "Burmistrz", True), Term("Mayor's pledge", "Wkład", True)]
    assert [each.term for each in terms_in("The Mayor's pledge", terms)] == ["Mayor's pledge"]
    assert [each.term for each in terms_in("Mayoral", terms)] == []
    assert {each.term for each in terms_in("MAYOR'S PLEDGE of the mayor", terms)} == {"Mayor", "Mayor's pledge"}


def test_arabic_is_compared_without_its_vowel_signs():
    terms = [Term("challenge", "تحدٍّ", True)]
    assert faults("A challenge", "هذا تحدّ جديد", terms) == []


def test_links_headings_lists_and_pictures_must_be_there_again():
    source = "# One\n\nRead [this](https://a.example) and ![words](picture:abcdefghijklmnopqrstuv).\n\n- one\n- two\n"
    assert faults(source, source.replace("One", "Jeden"), markdown=True) == []
    broken = "## Jeden\n\nCzytaj [to](https://b.example).\n\n- jeden\n"
    found = set(rules_of(faults(source, broken, markdown=True)))
    assert found == {"headings", "link", "strange_link", "picture", "list"}
    assert faults(source, broken) == []  # a plain text has no structure to keep


def test_places_for_values_must_be_there_again():
    found = faults("Dear {name}, %(days)s days", "Drogi {imie}, %(days)s dni")
    assert sorted(rules_of(found)) == ["place", "strange_place"]
