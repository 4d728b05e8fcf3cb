"""Who may do what with public money: every address of the package × every kind of person; nobody is two people of one award."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, Response
from werkzeug.datastructures import FileStorage

from civic.accounts.models import OrganisationMember
from civic.assessment import queries as assessment
from civic.core.db import db
from civic.grants import printing
from civic.grants.actions import funds, instalments, papers, repayments
from civic.grants.queries import awards as queries
from civic.grants.rules.amounts import Amounts
from tests.crowdfund.pictures import pdf
from tests.house.routes import rules
from tests.support.client import Page, PageClient

# What stops the last two is who they are, and not what they may: they hold every role there is here.
EVERY = ("funds_officer", "consultee", "approver", "finance_officer")
STAFF: dict[str, tuple[str, ...]] = {
    "researcher": ("researcher",),
    "moderator": ("moderator",),
    "administrator": ("administrator",),
    "recommender": ("funds_officer",),
    "officer": ("funds_officer",),
    "instructor": ("funds_officer", "finance_officer"),
    "manager": ("challenge_manager",),
    "consulted": ("consultee",),
    "consultee": ("consultee",),
    "approver": ("approver",),
    "gradeless": ("approver",),
    "assessor": ("approver",),
    "decider": ("approver", "finance_officer"),
    "finance": ("finance_officer",),
    "interested": EVERY,
    "party": EVERY,
}
PEOPLE = ("visitor", "member", "owner", "editor", "outsider", *STAFF)
EVERYBODY = set(PEOPLE)
BARRED = {"interested", "party"}
DESK = set(STAFF) - {"researcher", "moderator", "administrator"}
READ = DESK - BARRED
RUN = {"recommender", "officer", "instructor"}  # they run the fund
RUN_ANY = RUN | BARRED  # of a fund or pot, and not of one award
APPROVE = {"approver", "gradeless", "assessor", "decider"}
FINANCE = {"finance", "instructor", "decider"}
BOOK = APPROVE | FINANCE | BARRED
THEIRS = {"owner", "editor"}

MAY: dict[str, set[str]] = {
    "grant_desk.show_overview": DESK,
    "grant_desk.list_work": RUN_ANY | {"manager"},
    "grant_desk.new_fund": RUN_ANY | {"manager"},
    "grant_desk.create_fund": RUN_ANY | {"manager"},
    "grant_desk.show_fund": DESK,
    "grant_desk.edit_fund": RUN_ANY,
    "grant_desk.save_fund": RUN_ANY,
    "grant_desk.edit_fund_status": RUN_ANY,
    "grant_desk.save_fund_status": RUN_ANY,
    "grant_desk.list_entries": DESK,
    "grant_desk.export_entries": DESK,
    "grant_desk.new_budget": RUN_ANY,
    "grant_desk.create_budget": RUN_ANY,
    "grant_desk.show_budget": DESK,
    "grant_desk.book_budget": BOOK,
    "grant_desk.decline_budget": BOOK | {"recommender"},
    "grant_desk.show_pot": DESK,
    "grant_desk.create_allotment": RUN_ANY,
    "grant_desk.list_decisions": DESK,
    "grant_desk.show_decision": READ,
    "grant_desk.create_view": {"consulted", "consultee"},
    "grant_desk.decide": {"approver", "decider"},
    "grant_desk.refuse": {"approver", "decider", "gradeless"},
    "grant_desk.withdraw_decision": RUN,
    "grant_desk.show_sheet": READ,
    "grant_desk.download_sheet": READ,
    "grant_desk.choose_decisions": APPROVE | BARRED,
    "grant_desk.check_decisions": APPROVE | BARRED,
    "grant_desk.decide_together": APPROVE | BARRED,
    "grant_desk.choose_awards": RUN_ANY,
    "grant_desk.check_awards": RUN_ANY,
    "grant_desk.announce_together": RUN_ANY,
    "grant_desk.show_award": READ,
    "grant_desk.show_paper": READ,
    "grant_desk.announce_award": RUN,
    "grant_desk.new_change": RUN,
    "grant_desk.create_change": RUN,
    "grant_desk.edit_plan": RUN,
    "grant_desk.save_plan": RUN,
    "grant_desk.edit_schedule": RUN,
    "grant_desk.save_schedule": RUN,
    "grant_desk.edit_agreement": RUN,
    "grant_desk.save_agreement": RUN,
    "grant_desk.show_agreement": READ,
    "grant_desk.download_agreement": READ,
    "grant_desk.offer_agreement": RUN,
    "grant_desk.withdraw_agreement": RUN,
    "grant_desk.sign_agreement": APPROVE,
    "grant_desk.show_instalment": READ,
    "grant_desk.instruct_payment": RUN,
    "grant_desk.return_claim": RUN,
    "grant_desk.recall_payment": RUN,
    "grant_desk.show_report": READ,
    "grant_desk.accept_report": RUN,
    "grant_desk.return_report": RUN,
    "grant_desk.waive_report": RUN,
    "grant_desk.new_repayment": RUN,
    "grant_desk.create_repayment": RUN,
    "grant_desk.list_repayments": DESK,
    "grant_desk.show_repayment": READ,
    "grant_desk.approve_repayment": APPROVE,
    "grant_desk.withdraw_repayment": APPROVE | RUN,
    "grant_desk.receive_repayment": FINANCE - {"decider"},
    "grant_desk.write_off_repayment": APPROVE,
    "grant_desk.edit_outcome": RUN,
    "grant_desk.save_outcome": RUN,
    "grant_desk.complete_award": RUN,
    "grant_desk.list_payments": DESK,
    "grant_desk.export_payments": FINANCE | BARRED,
    "grant_desk.show_payment": READ,
    "grant_desk.create_payment": {"finance"},
    "grant_desk.bounce_payment": {"finance", "instructor"},
    "grant_desk.list_delegations": {"administrator"},
    "grant_desk.create_grades": {"administrator"},
    "grant_desk.edit_grade": {"administrator"},
    "grant_desk.save_grade": {"administrator"},
    "grant_desk.new_delegation": {"administrator"},
    "grant_desk.create_delegation": {"administrator"},
    "grant_desk.confirm_end": {"administrator"},
    "grant_desk.end_delegation": {"administrator"},
    "grants.list_funds": EVERYBODY,
    "grants.show_fund": EVERYBODY,
    "grants.show_data": EVERYBODY,
    "grants.download_csv": EVERYBODY,
    "grants.download_json": EVERYBODY,
    "grants.show_award": EVERYBODY,
    "grants.show_sheet": EVERYBODY,
    "grants.download_sheet": EVERYBODY,
    "grants.list_awards": EVERYBODY - {"visitor"},
    "grants.show_desk": THEIRS,
    "grants.show_paper": THEIRS,
    "grants.show_agreement": THEIRS,
    "grants.download_agreement": THEIRS,
    "grants.sign_agreement": {"owner"},
    "grants.confirm_refusal": {"owner"},
    "grants.decline_award": {"owner"},
    "grants.show_instalment": THEIRS,
    "grants.save_claim": THEIRS,
    "grants.confirm_payment": THEIRS,
    "grants.show_report": THEIRS,
    "grants.save_report": THEIRS,
}
"""Who is let in by each door; everybody else is refused."""
UNSIGNED = {
    "grant_desk.edit_agreement",
    "grant_desk.save_agreement",
    "grants.confirm_refusal",
    "grants.decline_award",
    "grants.sign_agreement",
}
"""About an award that is not signed for yet."""


@dataclass
class World:
    """One fund with everything in it, and who is who."""

    parts: dict[str, Any] = field(default_factory=dict)
    other: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)

    def parts_for(self, endpoint: str) -> dict[str, Any]:
        """What stands in the places of an address."""
        return self.parts | self.other.get(endpoint, {})


@pytest.fixture
def world(make: Any, things: dict, monkeypatch: pytest.MonkeyPatch, in_request: Flask) -> World:
    """An award that is agreed, one that is not signed for, and a recommendation; each step done by somebody of the table."""
    office, world = make.money_people, World()
    who = world.people = {name: make.staff(*roles) for name, roles in STAFF.items()}
    who |= {"member": make.member(), "owner": make.member(), "editor": make.member(), "outsider": make.member()}
    for name in ("approver", "assessor", "decider", *BARRED):
        office.give_grade(who[name], "director", make.now)
    office.officer, office.consultee, office.approver = who["recommender"], who["consulted"], who["decider"]
    organisation = make.organisation(owner=who["owner"], status="verified")
    joined = {"organisation_id": organisation.id, "user_id": who["editor"].id, "role": "editor"}
    db.session.add(OrganisationMember(**joined, joined_at=make.now))
    make.organisation(owner=who["outsider"], status="verified")
    fund = make.fund()
    pot = make.pot(fund)
    award = make.award("agreed", pot=pot, organisation=organisation, parts=4)
    unsigned = make.award("due", pot=pot, organisation=organisation)
    offered = make.award("due", pot=pot, organisation=organisation)
    make.offer(offered)
    decision = make.decision(pot=pot)
    for each in (award, unsigned, offered, decision.award):
        things[int(each.subject.split(":")[1])] = frozenset({who["party"].id})
    _bar(monkeypatch, who, decision.award.subject)
    parts, now = queries.instalments_of(award.id), make.now
    make.pay(award)
    upload = FileStorage(pdf(), "invoice.pdf")
    paper = papers.add(award, parts[1], upload, title="Invoice", language="en", by=who["owner"], now=now)
    instalments.claim(parts[1], words="Done.", language="en", by=who["owner"], now=now)
    instalments.instruct(parts[2], by=who["instructor"], now=now)
    asked, approved = (
        repayments.ask(
            award,
            kind="underspend",
            amounts=Amounts.of(1_00, 0),
            why="x",
            language="en",
            by=office.second_officer,
            now=now,
        )
        for _ in range(2)
    )
    repayments.approve(approved, by=who["decider"], now=now)
    change = funds.propose_budget(fund, _given(), by=who["recommender"], now=now)
    world.parts = {
        "slug": fund.slug,
        "kind": "claims",
        "figure": "paid",
        "pot_id": pot.id,
        "change_id": change.id,
        "decision_id": decision.id,
        "public_id": award.public_id,
        "version": 1,
        "instalment_id": parts[1].id,
        "report_id": queries.reports_of(award.id)[0].id,
        "repayment_id": asked.id,
        "paper_id": paper.id,
        "grade_id": office.grades["director"].id,
        "delegation_id": _delegation_of(who["approver"].id),
    }
    paying = {"instalment_id": parts[2].id}
    taken = {"decision_id": _decision_of(award.id)}
    world.other = {
        **{endpoint: {"public_id": unsigned.public_id} for endpoint in UNSIGNED},
        "grants.sign_agreement": {"public_id": offered.public_id},
        **dict.fromkeys(("grant_desk.show_payment", "grant_desk.create_payment", "grant_desk.recall_payment"), paying),
        "grant_desk.bounce_payment": {"instalment_id": parts[0].id},
        **dict.fromkeys(("grants.show_sheet", "grants.download_sheet"), taken),
        "grant_desk.write_off_repayment": {"repayment_id": approved.id},
        "grant_desk.receive_repayment": {"repayment_id": approved.id},
    }
    db.session.commit()
    return world


def _bar(monkeypatch: pytest.MonkeyPatch, who: dict[str, Any], subject: str) -> None:
    """One has declared an interest in everything, one has judged what is recommended; documents can be drawn."""
    interested, assessor = who["interested"].id, who["assessor"].id
    monkeypatch.setattr(assessment, "has_interest", lambda _subject, person_id: person_id == interested)
    real = assessment.hidden_among
    hidden = lambda names, user: dict.fromkeys(names, "interest") if user == interested else real(names, user)  # noqa: E731
    monkeypatch.setattr(assessment, "hidden_among", hidden)
    judged = lambda asked: frozenset({assessor}) if asked == subject else frozenset()  # noqa: E731
    monkeypatch.setattr(assessment, "who_assessed", judged)
    drawing = SimpleNamespace(
        is_available=lambda: True, draw=lambda template, **context: b"%PDF-", send=lambda data, name: Response(data)
    )
    monkeypatch.setattr(printing, "part", lambda: drawing)


def _given() -> Any:
    from datetime import date

    from civic.core.money import GBP

    return funds.Given("capital", GBP(10), "MD1", date(2026, 1, 2))


def _delegation_of(user_id: int) -> int:
    from civic.grants.models import Delegation

    return db.session.query(Delegation.id).filter_by(user_id=user_id).scalar()


def _decision_of(award_id: int) -> int:
    from civic.grants.models import Decision

    return db.session.query(Decision.id).filter_by(award_id=award_id).scalar()


def _routes(app: Flask) -> Iterator[tuple[str, Any]]:
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            if rule.endpoint.split(".")[0] in ("grants", "grant_desk"):
                yield method, rule


@contextmanager
def _undone() -> Iterator[None]:
    """Whatever the request inside does, the next one finds everything as it was."""
    db.session.commit()
    point = db.sessionmaker.kw["bind"].begin_nested()
    try:
        yield
    finally:
        db.session.rollback()
        if point.is_active:
            point.rollback()


def _asked(client: PageClient, method: str, path: str) -> Page:
    """The answer to an empty form, or to a look, which changes nothing by itself."""
    if method == "GET":
        return client.get(path)
    with _undone():
        return client.post(path, {})


def _refusal(name: str, method: str, endpoint: str, page: Page) -> bool:
    """Whether an answer is the refusal that this person should get at this door."""
    is_sent_to_sign_in = page.status == 303 and "/sign-in" in (page.location or "")
    if name == "visitor":
        return is_sent_to_sign_in if method == "GET" else page.status == 403
    if endpoint.startswith("grants."):
        return page.status == (403 if name == "editor" else 404)
    if endpoint == "grant_desk.list_work" and name in DESK:
        return page.status == 404
    return page.status == 403


def test_the_table_names_every_address_of_the_package(app):
    assert {rule.endpoint for _method, rule in _routes(app)} == set(MAY)


def test_everybody_comes_through_their_own_doors_and_no_others(app, make, world):
    faults = []
    for name in PEOPLE:
        client = PageClient(app, checked=False)
        if name != "visitor":
            make.sign_in(client, world.people[name])
        for method, rule in _routes(app):
            path = rule.build({"lang": "en"} | world.parts_for(rule.endpoint), append_unknown=False)[1]
            page = _asked(client, method, path)
            is_in = page.status in (200, 303, 409, 422) and "/sign-in" not in (page.location or "")
            fits = is_in if name in MAY[rule.endpoint] else _refusal(name, method, rule.endpoint, page)
            if not fits:
                faults.append(f"{name}: {method} {rule.endpoint} {path} → {page.status} {page.location or ''}")
    assert not faults, "\n".join(faults)


def test_staff_without_their_second_step_are_nobody_at_the_desk(app, make, world):
    client = PageClient(app, checked=False)
    make.sign_in(client, world.people["officer"], second_step=False)
    for method, rule in _routes(app):
        if rule.endpoint.startswith("grant_desk."):
            path = rule.build({"lang": "en"} | world.parts_for(rule.endpoint), append_unknown=False)[1]
            page = _asked(client, method, path)
            assert page.status == 403 or "second" in (page.location or ""), (method, path, page.status, page.location)


def test_who_is_barred_is_told_why(app, make, world):
    for name, words in (("interested", "You declared an interest"), ("party", "You stand behind this application")):
        client = PageClient(app)
        make.sign_in(client, world.people[name])
        page = client.get(f"/en/staff/grants/awards/{world.parts['public_id']}")
        assert page.status == 403 and words in page.text
        page = client.get("/en/staff/grants/decisions?show=open")
        assert words in page.text or "You stand behind this yourself" in page.text
        assert "£15,000" not in page.main


def test_who_may_not_decide_or_pay_is_told_why(app, make, world):
    told = {
        "assessor": "You assessed this, so somebody else must decide.",
        "gradeless": "No grade of delegated authority was given to you",
        "recommender": "",
    }
    for name, words in told.items():
        client = PageClient(app)
        make.sign_in(client, world.people[name])
        page = client.get(f"/en/staff/grants/decisions/{world.parts['decision_id']}")
        assert words in page.text and "Decide: give" not in page.text
    for name, words in (("decider", "You decided about this award"), ("instructor", "You gave the instruction to pay")):
        client = PageClient(app)
        make.sign_in(client, world.people[name])
        page = client.get(f"/en/staff/grants/payments/{world.other['grant_desk.show_payment']['instalment_id']}")
        assert words in page.text and "Record it as paid" not in page.text


def test_an_approver_beyond_their_limit_is_told_who_can(app, make, world, things):
    person = make.staff("approver")
    make.money_people.give_grade(person, "manager", make.now)
    db.session.commit()
    client = PageClient(app)
    make.sign_in(client, person)
    page = client.get(f"/en/staff/grants/decisions/{world.parts['decision_id']}")
    assert "Your limit is £10,000 for one award. This needs: Assistant Director." in page.text
    assert client.post(f"{page.path}/approval", {"number": "X"}).status == 403
