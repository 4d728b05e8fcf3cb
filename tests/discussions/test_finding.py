"""Searching: in any language, narrowed and counted, the newest first; nothing hidden is found."""

from datetime import timedelta

import pytest

from civic.discussions.actions import comments, ideas, threads
from civic.discussions.queries.finding import Search, facets, find
from civic.discussions.queries.threads import thread_by_id

MINUTE = timedelta(minutes=1)


def titles(search, language="en"):
    return [(each.title.text, each.position) for each in find(search, language).items]


def test_threads_and_comments_are_found_by_their_words_the_newest_first(make, now):
    thread = make.thread(title="Swimming in the Serpentine", text="Who swims there?")
    make.comment(thread, text="I swim there like a child.", now=now + MINUTE)
    make.comment(thread, text="The bus is always late.", now=now + 2 * MINUTE)
    assert titles(Search("swim")) == [("Swimming in the Serpentine", 1), ("Swimming in the Serpentine", None)]
    assert titles(Search("swim -child")) == [("Swimming in the Serpentine", None)]
    assert titles(Search("tramway")) == []


@pytest.mark.parametrize("reader", ["en", "pl", "ar"])
def test_a_minus_leaves_out_whatever_form_the_word_stands_in(make, reader):
    make.comment(text="We swim with our dogs.")
    make.comment(text="We swim alone.")
    for words in ("swim -dog", "swim -dogs", "swims -dogs -cats", 'swim -"our dogs"'):
        assert len(titles(Search(words), reader)) == 1, words
    assert len(titles(Search("swim -cats"), reader)) == 2
    assert len(titles(Search("dogs or alone"), reader)) == 2


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("pl", "Ścieżka rowerowa kończy się przy moście.", "sciezka"),
        ("ar", "الحافلات تتأخر دائمًا في المساء", "الحافلات"),
        ("es", "Los árboles de mi calle se secan.", "árbol"),
        ("es", "Un barrio sin árboles.", "barrio"),
    ],
)
@pytest.mark.parametrize("reader", ["en", "pl", "ar"])
def test_words_are_found_in_their_own_language_whatever_the_readers(make, language, text, words, reader):
    make.comment(text=text, language=language)
    assert len(titles(Search(words, language=language), reader)) == 1
    assert len(titles(Search(words), reader)) == 1


@pytest.mark.parametrize("words", ["'", '"', "((", "a & | ! :*", "\x00", "x" * 5_000, "-", "or", "<->", "\\"])
def test_whatever_is_typed_is_no_error(make, words):
    assert find(Search(words), "en").items == []
    assert facets(Search(words), "en").total == 0


def test_what_is_changed_is_found_by_its_new_words_and_what_is_withdrawn_not_at_all(make, now):
    amina, thread = make.settled_member(), make.thread()
    comment = make.comment(thread, by=amina, text="A flamingo by the pond.")
    make.comment(thread, answers=comment)
    comments.change(comment, thread=thread, text="A heron by the pond.", language="en", by=amina, now=now + MINUTE)
    assert titles(Search("flamingo")) == [] and len(titles(Search("heron"))) == 1
    comments.withdraw(comment, by=amina, now=now)
    assert titles(Search("heron")) == []


def test_every_narrowing_counts_what_it_would_leave_given_the_others(make, now):
    streets, parks = make.topic(slug="streets", title="Streets"), make.topic(slug="parks", title="Parks")
    talk, listed = make.thread(streets, text="Rain?"), make.thread(parks, kind="ideas", text="Rain?")
    make.comment(talk, text="Rain in the gutters")
    make.comment(talk, text="Rain w Łodzi", language="pl")
    first = make.idea(listed, title="Rain gardens", text="Everywhere.")
    make.idea(listed, title="Rain barrels", text="Everywhere else.")
    ideas.move_idea(first, "take_up", reason="Good.", language="en", as_role="Head", by=make.staff(), now=now)
    threads.answer_officially(talk, text="Rain it is.", language="en", as_role="Head", by=make.staff(), now=now)
    found = facets(Search("rain"), "en")
    assert found.is_all and found.total == 7
    assert found.counts["topic"] == {"streets": 4, "parks": 3}
    assert found.counts["kind"] == {"discussion": 4, "ideas": 3}
    assert found.counts["language"] == {"en": 6, "pl": 1}
    assert found.counts["idea"] == {"taken_up": 1, "open": 1}
    assert found.counts["answered"] == {"yes": 4}
    narrowed = Search("rain", topic="parks", idea="taken_up")
    found = facets(narrowed, "en")
    assert (found.total, found.counts["topic"], found.counts["idea"]) == (1, {"parks": 1}, {"taken_up": 1, "open": 1})
    (only,) = find(narrowed, "en").items
    assert (only.idea_title, only.idea_status, only.kind, only.topic) == ("Rain gardens", "taken_up", "ideas", "parks")
    assert find(Search("rain", answered="yes", language="pl"), "en").items[0].is_answered
    assert find(Search("rain", topic="no-such"), "en").items == []


def test_a_moved_thread_is_found_in_its_new_topic(make, now):
    thread, other = make.thread(title="Otters"), make.topic(slug="rivers")
    make.comment(thread, text="Otters at dusk")
    threads.move_thread(thread_by_id(thread.id), other, why="Rivers.", by=make.staff("moderator"), now=now)
    assert len(titles(Search("otters", topic="rivers"))) == 2


def test_pages_of_a_search_meet_everything_once(make, now):
    thread = make.thread(text="Owls.")
    for n in range(7):
        make.comment(thread, text=f"Owls over Richmond, night {n}", now=now + n * MINUTE)
    met, at = [], None
    while True:
        page = find(Search("owls"), "en", at=at, size=3)
        met += [each.position for each in page.items]
        if page.next is None:
            break
        at = page.next
    assert met == [7, 6, 5, 4, 3, 2, 1, None]
