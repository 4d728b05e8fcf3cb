"""Ranking and reading the result: only one's own side, plainly, and what was typed comes back when it is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from civic.accounts.models import Organisation
from civic.challenge.matching.actions.ranking import save_for_startup
from civic.challenge.matching.models import Ranking
from civic.challenge.matching.queries.lists import choices_of
from civic.challenge.models import Programme
from civic.core.db import db
from tests.support.sql import statements

pytestmark = pytest.mark.usefixtures("at_noon", "in_request")


@pytest.fixture
def made(make):
    return make.shortlist(3, 2, programme=make.programme(slug="today"))


def list_of(made, startup):
    return f"/en/challenges/programmes/today/lists/startups/{made.startups[startup].id}"


def list_for(made, challenge):
    return f"/en/challenges/programmes/today/lists/challenges/{made.challenges[challenge].slug}"


def places(made, pairs):
    return {f"place_{made.of(*pair).id}": str(place) for pair, place in pairs.items()}


def name_of(startup):
    return db.session.get_one(Organisation, startup.organisation_id).name


def kept():
    db.session.expire_all()
    rankings = db.session.scalars(select(Ranking).order_by(Ranking.id)).all()
    return [(each.status, choices_of(each)) for each in rankings]


def test_a_startup_keeps_a_draft_sends_it_changes_it_and_makes_a_draft_of_it(as_, made):
    client = as_(made.founder(0))
    page = client.get(list_of(made, 0))
    assert page.h1 == "Rank the challenges" and "you are never matched with it" in page.main
    client.submit("Save as a draft", places(made, {(0, 1): 1}))
    assert "It does not count until you send it." in client.follow().main and kept() == [("draft", [made.of(0, 1).id])]
    client.submit("Send my list", places(made, {(0, 0): 2}))
    assert "You can change it until lists close." in client.follow().main
    assert kept() == [("sent", [made.of(0, 1).id, made.of(0, 0).id])]
    client.submit("Send the changed list", places(made, {(0, 0): 1, (0, 1): 2}))
    client.follow()
    assert kept() == [("sent", [made.of(0, 0).id, made.of(0, 1).id])]
    client.submit("Make it a draft again")
    client.follow()
    assert kept()[0][0] == "draft"


def test_what_cannot_be_is_refused_with_everything_that_was_chosen(as_, made):
    client = as_(made.founder(0))
    client.get(list_of(made, 0))
    page = client.submit("Send my list", places(made, {(0, 0): 1, (0, 1): 1}))
    assert page.status == 422 and page.main.count("Place 1 is given more than once.") == 4
    page = client.submit("Send my list", places(made, {(0, 0): "", (0, 1): ""}))
    assert page.status == 422 and "or say that you accept none of them" in page.main
    page = client.submit("Send my list", places(made, {(0, 0): 1, (0, 1): ""}) | {"nobody": True})
    assert page.status == 422 and "Choose one of both." in page.main
    assert kept() == []
    client.submit("Send my list", places(made, {(0, 0): ""}) | {"nobody": True})
    assert kept() == [("sent", [])]
    assert "checked" in client.get(list_of(made, 0)).html


def test_a_colleague_was_quicker(as_, made, make, now):
    client = as_(made.founder(0))
    client.get(list_of(made, 0))
    save_for_startup(made.call, made.startups[0].id, [made.of(0, 1).id], send=True, by=made.founder(0), now=now)
    page = client.submit("Send my list", places(made, {(0, 0): 1}))
    assert page.status == 422 and "changed while you were working" in page.main
    assert kept() == [("sent", [made.of(0, 1).id])]


def test_a_partner_ranks_and_reads_how_many_places_there_are(as_, made, make):
    client = as_(made.partner(0))
    page = client.get(list_for(made, 0))
    assert "Your challenge has 1 place." in page.main and name_of(made.startups[2]) in page.main
    client.submit("Send my list", places(made, {(2, 0): 1, (0, 0): 2}))
    assert "Your list is sent." in client.follow().main
    assert kept() == [("sent", [made.of(2, 0).id, made.of(0, 0).id])]


def test_whoever_also_acts_for_an_applicant_sees_and_ranks_nobody(as_, made, make):
    person = make.joins(made.startups[1], made.partner(0))
    client = as_(person)
    page = client.get(list_for(made, 0))
    assert "Another person of your organisation can do it." in page.main
    assert name_of(made.startups[2]) not in page.main
    for path in ("", "/return"):
        assert client.post(list_for(made, 0) + path, {"act": "send"}).status == 403
    assert kept() == []


def test_lists_and_results_are_for_their_own_side_alone(as_, made, make, client):
    outsiders = [
        made.founder(1),
        made.partner(1),
        make.member(),
        make.staff("challenge_manager"),
        make.staff("administrator"),
    ]
    for path in (
        list_of(made, 0), list_for(made, 0), list_of(made, 0).replace("lists", "result"), list_for(made, 0).replace("lists", "result"),
    ):  # fmt: skip
        assert "/sign-in" in client.get(path).location
        for who in outsiders:
            assert as_(who).get(path).status == 404
        if "lists" in path:
            assert as_(outsiders[0]).post(path, {"act": "send"}).status == 404
            assert as_(outsiders[1]).post(path + "/return", {}).status == 404
    assert as_(made.founder(0)).get(list_for(made, 0)).status == 404
    assert as_(made.partner(0)).get(list_of(made, 0)).status == 404


def test_after_the_closing_second_the_list_is_read_only(as_, made, now):
    client = as_(made.founder(0))
    client.get(list_of(made, 0))
    client.submit("Send my list", places(made, {(0, 1): 1}))
    made.call.ranks_close_at = now
    db.session.flush()
    page = client.get(list_of(made, 0))
    assert (
        "Lists are closed." in page.main
        and made.challenges[1].title in page.main
        and not page.forms[-1].buttons.get("Send my list")
    )
    page = client.post(list_of(made, 0), {"act": "send"} | places(made, {(0, 0): 1}))
    assert page.status == 409 and "Lists can no longer be changed." in page.main
    assert kept() == [("sent", [made.of(0, 1).id])]


def test_before_a_closing_time_is_set_there_is_nothing_to_do(as_, made):
    made.call.ranks_close_at = None
    db.session.flush()
    assert "You are told when they do." in as_(made.founder(0)).get(list_of(made, 0)).main
    assert "You are told when they do." in as_(made.partner(0)).get(list_for(made, 0)).main


def test_my_lists_shows_both_sides_and_leads_to_the_result(as_, made, make):
    person = make.joins(made.startups[0], make.member())
    make.partner_member(made.challenges[1].partner, person=person)
    client = as_(person)
    page = client.get("/en/challenges/lists")
    assert "As a startup" in page.main and "As a partner" in page.main and page.main.count("Not begun") == 2
    made.call.ranks_close_at = make.now - timedelta(seconds=1)
    db.session.flush()
    assert "Until" not in client.get("/en/challenges/lists").main
    assert "nothing to rank" in as_(make.member()).get("/en/challenges/lists").main


@pytest.fixture
def matched(make):
    """The first gets its second choice, the second its first, the third nothing; published."""
    made = make.ranked([[0, 1], [0, 1], [0]], [[1, 0, 2], [0, 1]], programme=make.programme(slug="today"))
    make.match_run(made, "published")
    db.session.expire_all()
    return made


def test_a_startup_reads_why_for_each_of_its_choices_and_nobody_elses_name(as_, matched):
    page = as_(matched.founder(0)).get(list_of(matched, 0).replace("lists", "result"))
    assert page.h1 == "You are matched" and "number 2 in your list" in page.main
    assert "Its places went to startups that its partner ranked higher than you." in page.main
    assert not any(name_of(each) in page.main for each in matched.startups[1:])
    page = as_(matched.founder(2)).get(list_of(matched, 2).replace("lists", "result"))
    assert page.h1 == "You are not matched this time" and "You did not rank it" in page.main


def test_a_partner_reads_why_for_each_startup(as_, matched):
    page = as_(matched.partner(0)).get(list_for(matched, 0).replace("lists", "result"))
    assert "Every place is filled." in page.main and "Matched with your challenge." in page.main
    assert page.main.count("Your places went to startups that you ranked higher.") == 2
    page = as_(matched.partner(1)).get(list_for(matched, 1).replace("lists", "result"))
    assert "It is matched with a challenge that it ranked higher, or it did not rank yours." in page.main


def test_who_acts_for_an_applicant_reads_no_partners_result(as_, matched, make):
    person = make.joins(matched.startups[0], matched.partner(1))
    assert as_(person).get(list_for(matched, 1).replace("lists", "result")).status == 403
    assert as_(person).get(list_of(matched, 0).replace("lists", "result")).status == 200


def test_everybody_reads_the_method_its_record_and_what_was_published(client, matched):
    page = client.get("/en/challenges/matching")
    assert "Senior responsible owner" in page.main and "Not stated yet" in page.main and "Today" not in page.main
    assert db.session.get_one(Programme, matched.call.programme_id).title in page.main
    tag = page.headers["ETag"]
    assert client.get("/en/challenges/matching", headers={"If-None-Match": tag}).status == 304
    record = client.get("/en/challenges/matching/record.json").json
    assert {each["tier"] for each in record["sections"]} == {1, 2}
    fields = {field["name"]: field for section in record["sections"] for field in section["fields"]}
    assert fields["Senior responsible owner"]["stated"] is False and fields["Contact email"]["stated"] is True


def test_pages_keep_their_ceilings(as_, matched):
    for who, path, ceiling in (
        (matched.founder(0), "/en/challenges/lists", 9),
        (matched.founder(0), list_of(matched, 0).replace("lists", "result"), 12),
        (matched.partner(0), list_for(matched, 0).replace("lists", "result"), 12),
        (matched.founder(0), list_of(matched, 0), 11),
        (matched.partner(0), list_for(matched, 0), 12),
        (matched.founder(0), "/en/challenges/matching", 7),
    ):
        client = as_(who)
        client.get(path)
        with statements() as sent:
            client.get(path)
        sent.at_most(ceiling)


def test_a_partner_reads_the_applications_of_its_own_shortlist_and_nobody_else_does(as_, made, make):
    made.of(2, 0).answers = {"solution": "A button that calls a neighbour."}
    db.session.flush()
    client = as_(made.partner(0))
    client.get(list_for(made, 0))
    page = client.click(f"Read the application {name_of(made.startups[2])}")
    assert page.h1 == name_of(made.startups[2]) and made.of(2, 0).title in page.main
    path = page.path
    for who in (made.partner(1), made.founder(0), make.member(), make.staff("challenge_manager")):
        assert as_(who).get(path).status == 404
    assert client.get(path.replace(str(made.of(2, 0).id), str(made.of(2, 1).id))).status == 404
    make.joins(made.startups[1], made.partner(0))
    assert client.get(path).status == 404
