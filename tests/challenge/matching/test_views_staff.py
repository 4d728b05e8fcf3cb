"""The desk: who may do what, a match from its computing to its publication, overrides, and what would be if."""

import json
from datetime import timedelta

import pytest

from civic.challenge.matching.commands import challenge_match
from civic.challenge.matching.models import Override, Run
from civic.challenge.matching.queries.due import due_for, due_for_manager
from civic.core.db import db
from tests.support.sql import statements

pytestmark = pytest.mark.usefixtures("at_noon", "in_request")
DESK = "/en/staff/challenges/matching"


@pytest.fixture
def made(make, now):
    """Lists are in, and closed a second ago."""
    made = make.ranked([[0, 1], [0, 1], [0]], [[1, 0, 2], [0, 1]], programme=make.programme(slug="today"))
    made.call.ranks_close_at = now - timedelta(seconds=1)
    db.session.flush()
    return made


@pytest.fixture
def manager(make):
    return make.staff("challenge_manager", name="Eilidh Macrae")


@pytest.fixture
def approver(make):
    return make.staff("approver", name="Geraldine Achebe")


def the(model):
    db.session.expire_all()
    return db.session.query(model).order_by(model.id.desc()).first()


@pytest.mark.parametrize("role", [None, "moderator", "researcher", "assessor", "administrator", "finance_officer"])
def test_others_have_no_desk(as_, make, made, role):
    client = as_(make.staff(role) if role else make.member())
    make.match_run(made)
    for path in ("", "/today", "/today/runs/1", "/today/runs/1/what-if", "/today/runs/1/file"):
        assert client.get(DESK + path).status in (303, 403), path


ACTS = {
    "places": "/today/places",
    "closing": "/today/closing",
    "runs": "/today/runs",
    "state": "/today/runs/1/state",
    "overrides": "/today/runs/1/overrides",
    "override": "/today/runs/1/overrides/1",
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    "who", ["founder", "partner", "assessor", "administrator", "staff of a startup", "staff of a partner"]
)
def test_nobody_else_and_nobody_with_a_stake_acts(as_, make, made, who, act):
    make.match_run(made)
    if who == "founder":
        person = made.founder(0)
    elif who == "partner":
        person = made.partner(0)
    elif who.startswith("staff"):
        person = make.staff("challenge_manager", "approver")
        if who.endswith("startup"):
            make.joins(made.startups[0], person)
        else:
            make.partner_member(made.challenges[0].partner, person=person)
    else:
        person = make.staff(who)
    client = as_(person)
    assert client.post(DESK + ACTS[act], {"act": "propose"}).status == 403
    assert client.get(DESK + "/today").status == 403
    assert the(Run).status == "draft"


def test_an_approver_decides_and_does_not_run(as_, made, make, approver):
    make.match_run(made)
    client = as_(approver)
    assert client.get(DESK + "/today").status == 200 and client.get(DESK + "/today/runs/1").status == 200
    for act in ("places", "closing", "runs", "overrides"):
        assert client.post(DESK + ACTS[act], {}).status == 403
    assert client.post(DESK + ACTS["state"], {"act": "propose"}).status == 403
    assert client.post(DESK + ACTS["state"], {"act": "discard"}).status == 403


def test_from_places_to_a_published_match(as_, made, manager, approver, tmp_path):
    client = as_(manager)
    page = client.get(DESK)
    assert "Lists are closed" in page.main
    page = client.get(DESK + "/today")
    page = client.submit("Keep these places", {f"places_{made.challenges[0].id}": "99"})
    assert page.status == 422 and "whole number from 0 to 50" in page.main
    page = client.submit(
        "Keep these places", {f"places_{made.challenges[0].id}": "1", f"minimum_{made.challenges[0].id}": "2"}
    )
    assert page.status == 422 and "cannot be more than the places" in page.main
    client.submit("Keep these places", {f"minimum_{made.challenges[0].id}": "0"})
    client.follow()
    client.submit("Compute a match")
    page = client.follow()
    assert page.h1 == "Match 1" and page.main.count("1 of 1") == 2 and "Not matched" in page.main
    client.submit("Propose this match")
    page = client.follow()
    assert "You proposed this yourself" in page.main
    assert client.post(DESK + "/today/runs/1/state", {"act": "publish"}).status == 422
    other = as_(approver)
    assert "1" in other.get("/en/staff").main
    other.get(DESK + "/today/runs/1")
    page = other.submit("Hand it back", {"why": ""})
    assert page.status == 422 and "It stays on record." in page.main
    other.submit("Publish this match")
    page = other.follow()
    assert "It is public and never changes." in page.main and the(Run).file_hash in page.main
    page = other.get(DESK + "/today/runs/1/file")
    file = tmp_path / "match.json"
    file.write_bytes(page.body if hasattr(page, "body") else page.html.encode())
    document = json.loads(file.read_text(encoding="utf-8"))
    assert document["sha256"] == the(Run).file_hash
    from click.testing import CliRunner

    assert CliRunner().invoke(challenge_match, [str(file)]).output == "Equal: 2 of 3 startups matched, 0 overrides.\n"
    assert "Matched" in other.get(DESK).main
    assert other.get(DESK + "/today").status == 200 and client.get(DESK + "/today").status == 200


def test_an_override_is_proposed_by_one_and_approved_by_another(as_, made, make, manager, approver):
    make.match_run(made)
    client = as_(manager)
    client.get(DESK + "/today/runs/1")
    page = client.submit("Propose this override", {"application": str(made.of(2, 0).id)})
    assert page.status == 422 and "Choose what should be different." in page.main
    page = client.submit(
        "Propose this override", {"kind": "match", "application": str(made.of(2, 1).id), "reason": "They are ready."}
    )
    assert page.status == 422 and "whom they did not accept" in page.main
    client.submit(
        "Propose this override", {"kind": "leave", "application": str(made.of(1, 0).id), "reason": "No site."}
    )
    page = client.follow()
    assert "No site." in page.main and not any("Approve" in " ".join(form.buttons) for form in page.forms)
    other = as_(approver)
    page = other.get(DESK + "/today/runs/1")
    button = next(name for form in page.forms for name in form.buttons if name.startswith("Approve"))
    other.submit(button)
    page = other.follow()
    assert the(Override).status == "approved" and "would rather have each other" in page.main
    assert other.post(DESK + f"/today/runs/1/overrides/{the(Override).id}", {"act": "nonsense"}).status == 404
    assert other.post(DESK + "/today/runs/1/overrides/99999", {"act": "approve"}).status == 404


def test_what_if_is_asked_and_keeps_nothing(as_, made, make, manager):
    make.match_run(made)
    client = as_(manager)
    client.get(DESK + "/today/runs/1/what-if")
    page = client.submit("Show what would be different", {f"places_{made.challenges[0].id}": "3"})
    assert "Matched: 2 as it is, 3 then." in page.main and page.main.count("Better for it") == 2
    page = client.submit(
        "Show what would be different", {f"places_{made.challenges[0].id}": "1", "closed": [str(made.challenges[0].id)]}
    )
    assert "Worse for it" in page.main
    page = client.submit("Show what would be different", {"closed": [], "gone": [str(made.startups[2].id)]})
    assert "Not there" in page.main
    for odd in ("?places_x=3", f"?places_{made.challenges[0].id}=-4", "?gone=nobody&closed=%00nothing", "?gone=77"):
        assert client.get(DESK + "/today/runs/1/what-if" + odd).status in (200, 400)
    assert db.session.query(Run).count() == 1


def test_lists_that_are_open_are_seen_by_no_member_of_staff(as_, make, now, manager):
    made = make.ranked([[0]], [[0]], programme=make.programme(slug="today"))
    client = as_(manager)
    page = client.get(DESK + "/today")
    assert "seen by nobody here" in page.main and "Sent" in page.main
    assert not any("Compute a match" in form.buttons for form in page.forms)
    assert client.post(DESK + "/today/runs", {}).status == 422 and the(Run) is None
    day = now + timedelta(days=9)
    fields = {f"ranks_close_at-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    page = client.get(DESK + "/today")
    page = client.submit("Let lists close then", fields | {"ranks_close_at-time": "17:00"})
    assert page.status == 422 and "It stays on record." in page.main
    client.submit("Let lists close then", fields | {"ranks_close_at-time": "17:00", "moved_why": "A partner was ill."})
    assert "until then" in client.follow().main
    db.session.refresh(made.call)
    assert made.call.ranks_close_at.day == day.day


def test_what_is_due_and_by_whom(make, now):
    made = make.shortlist(2, 2)
    later = made.call.ranks_close_at
    (mine,) = due_for(made.founder(0).id, now)
    assert (mine.role, mine.on) == ("startup", later.date()) and mine.url.endswith(str(made.startups[0].id))
    (theirs,) = due_for(made.partner(1).id, now)
    assert theirs.role == "partner" and theirs.about == made.challenges[1].title
    make.joins(made.startups[1], made.partner(1))
    assert [each.role for each in due_for(made.partner(1).id, now)] == ["startup"]
    assert due_for(made.founder(0).id, later) == [] and due_for_manager(now) == []
    (desk,) = due_for_manager(later)
    assert desk.role == "manager" and "compute the match" in str(desk.sentence)


def test_what_is_due_moves_on_with_the_match(made, make, now):
    assert due_for(made.founder(0).id, now) == []
    make.match_run(made)
    assert ["Propose the match" in str(each.sentence) for each in due_for_manager(now)] == [True]
    make.match_run(made, "proposed")
    assert any("second person" in str(each.sentence) for each in due_for_manager(now))


def test_desk_pages_keep_their_ceilings(as_, made, make, manager):
    make.match_run(made)
    client = as_(manager)
    for path, ceiling in {"": 6, "/today": 14, "/today/runs/1": 16, "/today/runs/1/what-if": 11}.items():
        client.get(DESK + path)
        db.session.expire_all()
        with statements() as sent:
            client.get(DESK + path)
        sent.at_most(ceiling)
