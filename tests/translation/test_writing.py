"""Writing: every version stays, what stands is one, a changed original makes it stale, and nobody overwrites anybody."""

import pytest
from sqlalchemy import select

from civic.core.db import db
from civic.core.states import IllegalMove, advance
from civic.core.translatable import Source
from civic.translation import refusals
from civic.translation.actions import writing
from civic.translation.actions.writing import Place
from civic.translation.checks import unsound_translations
from civic.translation.models import Translation
from civic.translation.queries import current
from civic.translation.rules.choices import STATES
from civic.translation.rules.comparing import mark_of

pytestmark = pytest.mark.usefixtures("in_request")
SOURCE = Source("Trees come first.", "en", "Title")
HERE = Place("consultation:3", "question", "pl")
VERBS = ("approve", "reject", "withdraw", "discard", "replace")


def publish(text, by, now, source=SOURCE, **more):
    return writing.publish(HERE, text, source, by=by, now=now, **more)


def seen():
    found = writing.standing(HERE)
    return mark_of(found.text if found else "")


def everything():
    return [
        (row.number, row.status, row.text) for row in db.session.scalars(select(Translation).order_by(Translation.id))
    ]


def test_a_better_translation_takes_its_place_and_the_one_before_stays(make, now):
    by = make.translator()
    publish("Drzewa są pierwsze.", by, now)
    publish("Drzewa mają pierwszeństwo.", by, now)
    assert everything() == [(1, "replaced", "Drzewa są pierwsze."), (2, "approved", "Drzewa mają pierwszeństwo.")]
    assert [row.text for row, _author, _checker in current.history("consultation:3", "pl")] == [
        "Drzewa mają pierwszeństwo.", "Drzewa są pierwsze.",
    ]  # fmt: skip
    assert list(unsound_translations()) == []


def test_the_same_words_of_the_same_original_are_no_new_version(make, now):
    by = make.translator()
    publish("Drzewa.", by, now)
    assert publish("Drzewa.", by, now) is None
    assert len(everything()) == 1


def test_what_still_fits_a_changed_original_is_a_version_of_that_original(make, now):
    by, later = make.translator(), Source("Trees come first!", "en", "Title")
    first = publish("Drzewa.", by, now)
    again = publish("Drzewa.", by, now, source=later)
    assert first.source_mark == mark_of(SOURCE.text) and again.source_mark == mark_of(later.text)
    assert (first.status, again.status) == ("replaced", "approved")


def test_to_say_that_a_machines_words_fit_does_not_make_them_a_persons(make, now):
    by = make.translator()
    writing.keep_draft(HERE, "Drzewa.", SOURCE, by=by, now=now, origin="machine")
    assert publish("Drzewa.", by, now).origin == "machine"
    again = publish("Drzewa.", by, now, source=Source("Trees!", "en", ""))
    assert again.origin == "machine"
    assert publish("Drzewa najpierw.", by, now).origin == "person"


def test_what_a_machine_made_is_a_draft_until_a_person_publishes_it(make, now):
    by = make.translator()
    writing.keep_draft(HERE, "Drzewa.", SOURCE, by=by, now=now, origin="machine")
    assert writing.standing(HERE) is None and current.in_sight(["consultation:3"], "pl") == []


def test_somebody_elses_words_are_never_overwritten(make, now):
    one, other = make.translator(), make.translator(name="Omar Said")
    before = seen()
    publish("Drzewa.", one, now)
    with pytest.raises(refusals.ChangedMeanwhile):
        publish("Krzewy.", other, now, seen=before)
    with pytest.raises(refusals.ChangedMeanwhile):
        writing.take_away(HERE, by=other, now=now, seen=before)
    with pytest.raises(refusals.ChangedMeanwhile):
        writing.keep_draft(HERE, "Krzewy.", SOURCE, by=other, now=now, seen=before)
    assert publish("Krzewy.", other, now, seen=seen()) is not None


def test_a_draft_is_one_and_gives_way_to_what_is_published(make, now):
    by = make.translator()
    writing.keep_draft(HERE, "Drz", SOURCE, by=by, now=now)
    writing.keep_draft(HERE, "Drzewa", SOURCE, by=by, now=now)
    publish("Drzewa.", by, now)
    assert [status for _number, status, _text in everything()] == ["discarded", "discarded", "approved"]


def test_what_is_taken_away_shows_the_original_again(make, now):
    by = make.translator()
    publish("Drzewa.", by, now)
    writing.take_away(HERE, by=by, now=now)
    assert current.in_sight(["consultation:3"], "pl") == []
    assert [row.status for row, _a, _c in current.history("consultation:3", "pl")] == ["replaced"]


def test_a_locked_term_needs_a_reason_and_the_reason_is_kept(make, now):
    make.term("trees", "drzewa")
    by = make.translator()
    with pytest.raises(refusals.NeedsAReason):
        publish("Krzewy.", by, now)
    assert publish("Krzewy.", by, now, why="Here they are shrubs.").overridden == "Here they are shrubs."


def test_a_translation_fits_its_place(make, now):
    with pytest.raises(refusals.TooLong):
        publish("x" * 11, make.translator(), now, source=Source("Trees", "en", "", most=10))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", VERBS)
def test_every_state_and_every_verb(make, now, state, verb):
    by, decider = make.member(), make.translator()
    origin = "community" if state in ("suggested", "rejected", "withdrawn") else "person"
    row = Translation(
        thing="thread:1", field="title", language="pl", number=1, text="a", origin=origin, status=state,
        source_language="en", source_text="b", source_mark=mark_of("b"), by_id=by.id, at=now, decided_by_id=decider.id,
        decided_at=now, reason="No.",
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    if (state, verb) in Translation.TRANSITIONS:
        advance(row, verb, by=decider, now=now)
        assert row.status == Translation.TRANSITIONS[(state, verb)]
    else:
        with pytest.raises(IllegalMove):
            advance(row, verb, by=decider, now=now)
        assert row.status == state
