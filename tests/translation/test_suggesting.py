"""Members suggest, somebody else approves, moderators may take it away, and whoever suggested it is told."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from civic.core.db import db
from civic.core.states import IllegalMove
from civic.moderation.actions.screening import screen
from civic.translation import refusals
from civic.translation.actions import suggesting
from civic.translation.actions.writing import Place
from civic.translation.queries import current, suggestions

pytestmark = pytest.mark.usefixtures("in_request")
POLISH = "Gdzie najpierw drzewa, woda i cień."


@pytest.fixture
def asked(make):
    return make.consultation()


def name(consultation):
    return f"consultation:{consultation.id}"


def test_readers_see_a_suggestion_only_once_somebody_else_has_taken_it(make, now, asked, told):
    member, staff = make.settled_member(name="Amina Yusuf"), make.translator()
    made = make.suggestion(asked, "summary", POLISH, by=member)
    assert current.in_sight([name(asked)], "pl") == [] and suggestions.how_many_wait() == 1
    suggesting.approve(made, make.source(name(asked), "summary"), by=staff, now=now)
    (seen,) = current.in_sight([name(asked)], "pl")
    assert (seen.text, seen.origin, seen.author, seen.checker) == (POLISH, "community", "Amina Yusuf", "Zofia Baran")
    assert ("translation.decided", member.id) in told() and suggestions.how_many_wait() == 0


def test_nobody_approves_or_declines_their_own(make, now, asked):
    both = make.translator()
    made = make.suggestion(asked, "summary", POLISH, by=both)
    with pytest.raises(refusals.NotYourOwn):
        suggesting.approve(made, make.source(name(asked), "summary"), by=both, now=now)
    with pytest.raises(refusals.NotYourOwn):
        suggesting.decline(made, reason="No.", language="en", by=both, now=now)


def test_the_database_itself_refuses_one_pair_of_eyes(make, now, asked):
    member = make.settled_member()
    made = make.suggestion(asked, "summary", POLISH, by=member)
    made.decided_by_id, made.decided_at, made.status = member.id, now, "approved"
    with pytest.raises(IntegrityError, match="four_eyes"):
        db.session.flush()
    db.session.rollback()


def test_whoever_is_declined_reads_why(make, now, asked, told):
    member = make.settled_member()
    made = make.suggestion(asked, "summary", POLISH, by=member)
    suggesting.decline(made, reason="“Cień” is missing.", language="en", by=make.translator(), now=now)
    assert (made.status, made.reason) == ("rejected", "“Cień” is missing.")
    assert ("translation.decided", member.id) in told()


def test_what_was_decided_is_decided_once(make, now, asked):
    staff, made = make.translator(), make.suggestion(asked, "summary", POLISH)
    source = make.source(name(asked), "summary")
    suggesting.approve(made, source, by=staff, now=now)
    with pytest.raises(IllegalMove):
        suggesting.approve(made, source, by=staff, now=now)
    with pytest.raises(IllegalMove):
        suggesting.take_back(made, by=db.session.get_one(type(staff), made.by_id), now=now)


def test_one_suggestion_of_a_text_at_a_time(make, now, asked):
    member = make.settled_member()
    first = make.suggestion(asked, "summary", POLISH, by=member)
    make.now = now + timedelta(minutes=2)
    with pytest.raises(refusals.WaitsAlready):
        make.suggestion(asked, "summary", "Drzewa i cień na początek, potem cała reszta miasta.", by=member)
    suggesting.take_back(first, by=member, now=now)
    make.now = now + timedelta(minutes=5)
    assert make.suggestion(asked, "summary", "Zaczynamy tam, gdzie latem bywa najgoręcej.", by=member)


def test_what_stands_there_already_is_no_suggestion(make, now, asked):
    make.translation(asked, "summary", POLISH)
    with pytest.raises(refusals.NothingNew):
        make.suggestion(asked, "summary", POLISH)


def test_a_suggestion_that_breaks_the_glossary_says_why(make, now, asked):
    make.term("shade", "cień")
    place, source = Place(name(asked), "summary", "pl"), make.source(name(asked), "summary")
    with pytest.raises(refusals.NeedsAReason):
        suggesting.suggest(place, "Drzewa i woda.", source, by=make.settled_member(), now=now)


def test_suggestions_are_screened_as_everything_that_members_publish(make, now, asked, monkeypatch):
    kinds = []
    monkeypatch.setattr(
        "civic.moderation.actions.screen", lambda kind, text, **more: kinds.append(kind) or screen(kind, text, **more)
    )
    make.suggestion(asked, "summary", POLISH)
    assert kinds == ["translation"]


def test_what_waits_for_a_moderator_waits_for_no_translator(make, now, asked):
    made = make.suggestion(asked, "summary", POLISH)
    suggesting.show_suggestion(made.id, "waiting", "")
    assert suggestions.how_many_wait() == 0


def test_what_moderators_take_away_readers_no_longer_see(make, now, asked):
    made = make.suggestion(asked, "summary", POLISH, taken_by=make.translator())
    suggesting.show_suggestion(made.id, "removed", "spam")
    assert current.in_sight([name(asked)], "pl") == []
