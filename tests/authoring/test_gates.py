"""What keeps people out holds back what staff publish, in every room, until it is mended or somebody says why not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from civic.authoring.actions import pass_gate
from civic.authoring.models import AdviceOverride
from civic.authoring.queries import report
from civic.authoring.refusals import KeepsSomebodyOut
from civic.challenge.actions import briefs, programmes
from civic.consultations.actions import life
from civic.core.advice import Adviser, Remark
from civic.core.audit import AuditEntry
from civic.core.db import db
from civic.crowdfund.rounds.actions import rounds
from civic.discussions.actions import threads
from civic.surveys.actions import launching
from tests.make_authoring import BAD
from tests.make_consultations import IN_WORDS

WHY = "The plan is printed tomorrow, and the link is mended then."
pytestmark = pytest.mark.usefixtures("in_request")


def overrides() -> list[AdviceOverride]:
    return list(db.session.scalars(select(AdviceOverride).order_by(AdviceOverride.id)))


def _consultation(make: Any) -> tuple[str, Callable[[str], Any], Any]:
    staff, survey = make.staff("researcher"), make.survey(status="open")
    draft = make.consultation("draft", background=BAD, officer_id=staff.id, holds=[survey])
    points = life.check_list(draft, make.now)
    reasons = {each.code: WHY for each in points if not each.blocks}
    act = lambda why: life.announce(draft, reasons, by=staff, now=make.now, advice_why=why)  # noqa: E731
    return f"consultation:{draft.id}", act, lambda: draft.status == "coming_up"


def _survey(make: Any) -> tuple[str, Callable[[str], Any], Any]:
    staff = make.staff("researcher")
    survey = make.survey(
        IN_WORDS, status="draft", summary={"en": "Use [here](x) <b>", "ar": "What we ask of all Londoners this year"}
    )
    survey.closes_at = make.now + timedelta(days=30)
    reasons = {each.mark: WHY for each in launching.checklist(survey, launching.working_version(survey).questionnaire)}
    act = lambda why: launching.launch(survey, by=staff, now=make.now, reasons=reasons, advice_why=why)  # noqa: E731
    return f"survey:{survey.id}", act, lambda: survey.status == "open"


def _opened(make: Any) -> tuple[str, Callable[[str], Any], Any]:
    staff, brief = (
        make.staff("challenge_manager"),
        make.challenge("draft", title="ماذا نفعل من أجل مقدمي الرعاية في لندن؟"),
    )
    closes_at = make.now + timedelta(days=9)
    act = lambda why: briefs.open_for_comment(brief, closes_at=closes_at, by=staff, now=make.now, advice_why=why)  # noqa: E731
    return f"challenge:{brief.id}", act, lambda: brief.status == "commenting"


def _published(make: Any) -> tuple[str, Callable[[str], Any], Any]:
    brief = make.challenge()
    brief.comments_close_at, brief.title = make.now, "ماذا نفعل من أجل مقدمي الرعاية في لندن؟"
    act = lambda why: briefs.publish(brief, by=make.staff("approver"), now=make.now, advice_why=why)  # noqa: E731
    return f"challenge:{brief.id}", act, lambda: brief.status == "final"


def _programme(make: Any) -> tuple[str, Callable[[str], Any], Any]:
    staff = make.staff("challenge_manager")
    draft = make.programme(status="draft", summary="برنامج لمن يحل مشكلات لندن مع شركائها")
    act = lambda why: programmes.move_programme(draft, "announce", by=staff, now=make.now, advice_why=why)  # noqa: E731
    return f"programme:{draft.id}", act, lambda: draft.status == "announced"


def _round(make: Any) -> tuple[str, Callable[[str], Any], Any]:
    draft = make.round("draft", theme=BAD)
    act = lambda why: rounds.open(draft, by=make.staff("funds_officer"), now=make.now, advice_why=why)  # noqa: E731
    return f"round:{draft.id}", act, lambda: draft.status == "open"


EVERY = {
    "consultation": _consultation,
    "survey": _survey,
    "brief opened": _opened,
    "brief published": _published,
    "programme": _programme,
    "round": _round,
}


@pytest.mark.parametrize("kind", EVERY)
def test_what_keeps_people_out_is_not_published_without_a_reason(make, kind):
    name, act, is_out = EVERY[kind](make)
    if kind == "survey":  # plain fields show Markdown as it is typed, so a link in one is no link
        assert [each.rule for each in report(name, but=("survey_checklist",)).gates] == ["other_letters"]
    with pytest.raises(KeepsSomebodyOut) as refused, db.session.begin_nested():
        act("  too short ")
    assert refused.value.remarks and refused.value.status == 422
    assert overrides() == []
    db.session.expire_all()
    act(WHY)
    assert is_out()
    (kept,) = overrides()
    assert (kept.thing, kept.why) == (name, WHY)
    assert {each["rule"] for each in kept.remarks} <= {"link_vague", "other_letters"}
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "advice.overridden")).one()
    assert (f"{entry.thing}:{entry.thing_id}", entry.why) == (name, WHY)


def test_a_thread_of_the_city_is_held_back_and_a_members_is_not(make):
    topic, staff = make.topic(), make.staff("researcher")
    about = {"title": "The plan", "text": BAD, "language": "en", "now": make.now}
    with pytest.raises(KeepsSomebodyOut), db.session.begin_nested():
        threads.open_thread(topic, kind="question", as_role="Head of Parks", by=staff, **about)
    told = threads.open_thread(topic, kind="question", as_role="Head of Parks", by=staff, advice_why=WHY, **about)
    assert [each.thing for each in overrides()] == [f"thread:{told.id}"]
    own = threads.open_thread(topic, kind="discussion", by=make.settled_member(), **about | {"text": f"{BAD} Mine."})
    assert own.id and len(overrides()) == 1


def test_what_keeps_nobody_out_needs_no_reason_and_leaves_none(make, now):
    draft = make.consultation("draft", background="It is long. " * 70)
    assert pass_gate(f"consultation:{draft.id}", why="", by=make.staff("researcher"), now=now) is None
    assert report(f"consultation:{draft.id}", own=True).advice == 1 and overrides() == []


def test_residents_get_advice_and_nothing_holds_them_back(make, now):
    campaign = make.campaign("draft", story=BAD)
    told = report(f"campaign:{campaign.id}")
    assert told.gates == [] and "link_vague" in [each.rule for part in told.parts for each in part.remarks]
    assert pass_gate(f"campaign:{campaign.id}", why="", by=make.member(), now=now) is None


def test_what_others_advise_stands_with_the_rest_and_can_be_left_out(app, make, monkeypatch):
    def advise(name: str) -> list[Remark]:
        return (
            [Remark("no_polish", "gate", "There is no Polish translation.", url="/en/there")]
            if "consult" in name
            else []
        )

    monkeypatch.setattr(app.extensions["civic"], "advisers", [Adviser("translations", advise)])
    draft = make.consultation("draft")
    (part,) = report(f"consultation:{draft.id}").parts
    assert (part.url, part.remarks[0].rule) == ("/en/there", "no_polish")
    assert report(f"consultation:{draft.id}", but=("translations",)).parts == ()


def test_only_some_remarks_of_a_kind_are_listed_and_the_rest_is_counted(make):
    sentence = "We plant " + "very " * 30 + "many trees. "
    draft = make.consultation("draft", background=f"{sentence}\n\n" * 9)
    (part,) = report(f"consultation:{draft.id}", own=True).parts
    assert [each.rule for each in part.remarks].count("long_sentence") == 5
    assert part.more == 4 and report(f"consultation:{draft.id}", own=True).advice == len(part.remarks) + 4


@pytest.mark.parametrize(
    "name", ("consultation:999999", "nothing:1", "consultation:x", "consultation", "survey:-1", "")
)
def test_of_what_is_not_there_nothing_is_said(name):
    assert report(name).parts == ()


def test_seeds_and_jobs_pass_the_gate_outside_a_request(isolated, make, now):
    draft = make.consultation("draft", background=BAD)
    with pytest.raises(KeepsSomebodyOut):
        pass_gate(f"consultation:{draft.id}", why="", by=None, now=now)
