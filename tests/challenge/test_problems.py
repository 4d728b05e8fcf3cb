"""Problems: proposed, changed, supported, decided on."""

import itertools
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from civic.challenge.actions import deciding, problems
from civic.challenge.actions.showing import show_problem
from civic.challenge.checks import published_by_writers, wrong_counts
from civic.challenge.models import Problem, ProblemSupport
from civic.challenge.notices import NOTICES
from civic.challenge.queries.problems import Wish, facets, moves_of
from civic.challenge.queries.problems import problems as listed
from civic.challenge.refusals import (
    CannotMerge,
    CannotSupport,
    ChallengeMissing,
    OwnProblem,
    ReasonMissing,
    RoleMissing,
    SupportedAlready,
)
from civic.core.db import db
from civic.core.errors import CivicError
from civic.core.states import IllegalMove

SAID = {"reason": "It is settled.", "language": "en", "as_role": "Head of Innovation"}


@pytest.fixture(autouse=True)
def here(in_request):
    """Moderation asks for addresses."""


def titles(wish, language="en"):
    return [str(each.title.text) for each in listed(wish, language).items]


def test_what_moderators_remove_is_listed_no_more(make):
    problem = make.problem()
    show_problem(problem.id, "removed", "spam")
    assert not problem.is_in_sight and listed(Wish(), "en").items == []
    show_problem(problem.id, "shown", "")
    assert len(listed(Wish(), "en").items) == 1


def test_problems_pass_the_same_door_as_every_text(make):
    with pytest.raises(CivicError):
        make.problem(text=" ".join(f"https://example.com/{number}" for number in range(30)))
    author = make.settled_member()
    problem = make.problem(by=author, title="Night buses", text="The last one leaves far too early for us all.")
    with pytest.raises(CivicError):
        make.problem(by=author, title=problem.title, text=problem.text)


def test_words_change_only_while_nobody_supports_them(make, now):
    problem = make.problem()
    author = db.session.get(type(make.member()), problem.author_id)
    new = {
        "title": "Night buses",
        "text": "None after one.",
        "for_whom": "Nurses",
        "borough": "",
        "theme": "health",
        "language": "en",
    }
    problems.change(problem, by=author, now=now, **new)
    assert problem.title == "Night buses" and problem.edited_at == now
    assert titles(Wish(words="nurses")) == ["Night buses"]
    problems.support(problem, by=make.settled_member(), now=now)
    db.session.refresh(problem)
    with pytest.raises(SupportedAlready):
        problems.change(problem, by=author, now=now, **(new | {"title": "Something else entirely"}))


def test_support_counts_each_person_once_and_nobody_for_themselves(make, now):
    problem, person = make.problem(), make.settled_member()
    for _ in range(2):
        problems.support(problem, by=person, now=now)
    db.session.refresh(problem)
    assert problem.supports == 1
    for _ in range(2):
        problems.unsupport(problem, by=person)
    db.session.refresh(problem)
    assert problem.supports == 0 and list(wrong_counts()) == []
    with pytest.raises(OwnProblem):
        problems.support(problem, by=db.session.get(type(person), problem.author_id), now=now)


@pytest.mark.parametrize("shown", ["waiting", "removed"])
def test_what_is_out_of_sight_takes_no_support(make, now, shown):
    problem = make.problem(shown=shown)
    with pytest.raises(CannotSupport):
        problems.support(problem, by=make.settled_member(), now=now)


def test_every_state_and_every_verb(make, now):
    staff, challenge, target = make.staff("challenge_manager"), make.challenge(), make.problem()
    verbs = ("merge", "answer", "take_up", "decline", "reopen")
    ways = {
        "open": [],
        "merged": ["merge"],
        "answered": ["answer"],
        "taken_up": ["take_up"],
        "not_taken_up": ["decline"],
    }

    def act(problem, verb):
        if verb == "merge":
            deciding.merge(problem, target, by=staff, now=now, **SAID)
        else:
            deciding.decide(problem, verb, challenge=challenge, by=staff, now=now, **SAID)

    for state, verb in itertools.product(ways, verbs):
        problem = make.problem()
        for each in ways[state]:
            act(problem, each)
        assert problem.status == state
        if (state, verb) in Problem.TRANSITIONS:
            act(problem, verb)
            assert problem.status == Problem.TRANSITIONS[state, verb]
            assert moves_of(problem)[-1][0].why == "It is settled."
        else:
            with pytest.raises(IllegalMove):
                act(problem, verb)
            db.session.expire_all()


def test_a_decision_needs_a_reason_an_office_and_a_public_challenge(make, now):
    staff, problem = make.staff("challenge_manager"), make.problem()
    with pytest.raises(ReasonMissing):
        deciding.decide(problem, "decline", by=staff, now=now, **(SAID | {"reason": "  "}))
    with pytest.raises(RoleMissing):
        deciding.decide(problem, "answer", by=staff, now=now, **(SAID | {"as_role": ""}))
    for none_of_these in (None, make.challenge("draft")):
        with pytest.raises(ChallengeMissing):
            deciding.decide(problem, "take_up", challenge=none_of_these, by=staff, now=now, **SAID)


def test_postgresql_refuses_a_decision_without_a_reason(make):
    problem = make.problem()
    problem.status = "answered"
    with pytest.raises(IntegrityError, match="ck_problem_reason"), db.session.begin_nested():
        db.session.flush()


def test_merging_joins_supports_and_counts_nobody_twice(make, now, told):
    staff, both = make.staff("challenge_manager"), make.settled_member()
    one, other = make.problem(supporters=2), make.problem(supporters=1)
    for problem in (one, other):
        problems.support(problem, by=both, now=now)
    author_of_other = db.session.get(type(both), other.author_id)
    problems.support(one, by=author_of_other, now=now)  # who proposed the other one does not count for it
    earlier = make.problem()
    deciding.merge(earlier, one, by=staff, now=now, **SAID)
    deciding.merge(one, other, by=staff, now=now, **SAID)
    # One of its own, both, the two of the first, the authors of the first and of what was merged into it.
    assert other.supports == 1 + 1 + 2 + 2 and list(wrong_counts()) == [] and list(published_by_writers()) == []
    db.session.expire_all()
    assert db.session.get(Problem, earlier.id).merged_into_id == other.id
    people = [person for notice, person in told() if notice == "challenge.problem_moved"]
    assert both.id in people and one.author_id in people and staff.id not in people


def test_merging_into_itself_into_nothing_or_into_what_was_decided_is_refused(make, now):
    staff, problem, done = make.staff("challenge_manager"), make.problem(), make.problem()
    deciding.decide(done, "decline", by=staff, now=now, **SAID)
    for into in (problem, None, done, make.problem(shown="removed")):
        with pytest.raises(CannotMerge):
            deciding.merge(problem, into, by=staff, now=now, **SAID)


def test_supports_of_erased_accounts_stay_behind(make, now):
    one, other = make.problem(supporters=3), make.problem()
    gone = db.session.scalars(select(ProblemSupport).where(ProblemSupport.problem_id == one.id)).first()
    gone.person_id = None
    deciding.merge(one, other, by=make.staff("challenge_manager"), now=now, **SAID)
    assert other.supports == 2 + 1 and list(wrong_counts()) == []


def test_the_author_and_supporters_are_told_what_became_of_it(make, now, told):
    problem, staff = make.problem(supporters=2), make.staff("challenge_manager")
    deciding.decide(problem, "decline", by=staff, now=now, **SAID)
    assert [notice for notice, _ in told()] == ["challenge.problem_moved"] * 3
    draw = next(each.draw for each in NOTICES if each.key == "challenge.problem_moved")
    words = draw({"problem": problem.id, "status": "not_taken_up"})
    assert "was not taken up" in words.sentence and words.quoted == "It is settled."
    assert draw({"problem": problem.id, "status": "answered"}) is None, "what is no longer true is not told"


def test_lists_sort_narrow_and_find_words_in_their_language(make, now):
    make.problem(title="Damp walls", theme="homes", borough="E09000012", supporters=2, now=now - timedelta(days=2))
    make.problem(title="Autobusy nocne", text="Nie jeżdżą po pierwszej.", language="pl", now=now - timedelta(days=1))
    make.problem(title="الازدحام", text="الشوارع مزدحمة", language="ar", supporters=1)
    assert titles(Wish()) == ["Damp walls", "الازدحام", "Autobusy nocne"]
    assert titles(Wish(sort="newest")) == ["الازدحام", "Autobusy nocne", "Damp walls"]
    assert titles(Wish(sort="oldest"))[0] == "Damp walls"
    assert (
        titles(Wish(theme="homes")) == titles(Wish(borough="E09000012")) == titles(Wish(words="wall")) == ["Damp walls"]
    )
    assert titles(Wish(borough="london")) == ["الازدحام", "Autobusy nocne"]
    assert titles(Wish(words="autobusy"), "en") == ["Autobusy nocne"]
    counts = facets(Wish(theme="homes"), "en")
    assert counts["theme"] == {"homes": 1, "getting_around": 2} and counts["borough"] == {"E09000012": 1}


def test_the_second_page_goes_on_where_the_first_ended(make):
    for _ in range(5):
        make.problem()
    first = listed(Wish(), "en", size=3)
    second = listed(Wish(), "en", at=first.next, size=3)
    assert len({each.id for each in (*first.items, *second.items)}) == 5 and second.next is None


def test_merged_problems_are_listed_where_they_are_asked_for(make, now):
    one, other = make.problem(), make.problem()
    deciding.merge(one, other, by=make.staff("challenge_manager"), now=now, **SAID)
    assert titles(Wish()) == [other.title] and titles(Wish(status="merged")) == [one.title]
    assert facets(Wish(), "en")["status"] == {"open": 1, "merged": 1}
