"""Role × object × verb, with declared interests: what each kind of person is let into, from a table of its own."""

from datetime import timedelta

import pytest

from civic.accounts.rules.choices import ROLES
from civic.assessment.actions import interests
from civic.challenge.applying.actions import interviews
from civic.challenge.applying.models import Call, ChallengeApplication
from civic.challenge.applying.queries.applications import application_by_id
from civic.challenge.applying.rules.choices import APPLICATION_STATES, SENT
from civic.core.db import db
from tests.support.client import PageClient

MONEY = ("funds_officer", "challenge_manager", "consultee", "approver", "finance_officer")
KINDS = (
    "visitor", "member", *ROLES, "its owner", "its colleague", "the partner", "interested manager",
    "manager of the startup",
)  # fmt: skip
STAFF = "/en/staff/challenges"
VERBS = {
    "see": "/en/challenges/applications/{id}",
    "write": "/en/challenges/applications/{id}/edit/test",
    "check": "/en/challenges/applications/{id}/answers",
    "send": "/en/challenges/applications/{id}/submission",
    "receipt": "/en/challenges/applications/{id}/receipt",
    "give up": "/en/challenges/applications/{id}/withdrawal",
    "read": STAFF + "/applications/{id}",
    "answer": STAFF + "/applications/{id}/answer",
    "rule out": STAFF + "/applications/{id}/ruling",
    "reinstate": STAFF + "/applications/{id}/reinstatement",
    "interview": STAFF + "/applications/{id}/interview",
}
MAY_WITHDRAW = ("draft", "submitted", "shortlisted")


def expected(kind: str, status: str, verb: str, *, unsealed: bool) -> bool:
    """The table: what a kind of person may do with an application in a state."""
    own = kind in ("its owner", "its colleague", "manager of the startup")
    manages, sent = kind == "challenge_manager", unsealed and status in SENT
    return {
        "see": own,
        "write": own and status == "draft",
        "check": own and status == "draft",
        "send": own and status == "draft",
        "receipt": own and status in SENT,
        "give up": own and status in MAY_WITHDRAW,
        "read": kind in MONEY and sent,
        "answer": manages and sent and status in ("submitted", "shortlisted", "not_shortlisted"),
        "rule out": manages and sent and status == "submitted",
        "reinstate": manages and sent and status == "ineligible",
        "interview": manages and sent and status == "submitted",
    }[verb]


def person_of(kind, ground, make, application):
    """Somebody of this kind; None for a visitor."""
    if kind == "visitor":
        return None
    if kind == "its owner":
        return db.session.get_one(type(ground.manager), application.started_by_id)
    if kind == "the partner":
        return make.partner_member(ground.partner)
    person = (
        make.staff(kind) if kind in ROLES else make.staff("challenge_manager") if "manager" in kind else make.member()
    )
    if kind in ("its colleague", "manager of the startup"):
        ground.join(application.startup, person)
    if kind == "interested manager":
        interests.declare(application.name, user=person, has_interest=True, words="A friend.", now=ground.now)
    return person


def client_of(app, make, person):
    db.session.commit()
    client = PageClient(app, checked=False)
    if person is not None:
        make.sign_in(client, person)
    return client


def brought_to(ground, status, *, unsealed):
    """An application in a state, in a call that is sealed or being assessed."""
    owner = ground.make.member()
    draft = ground.drafted(ground.startup(owner=owner), by=owner)
    row = db.session.get_one(ChallengeApplication, draft.id)
    row.status, row.submitted_at = status, None if status == "draft" else ground.now
    row.matched_at = ground.now if status in ("matched", "lost") else None
    row.feedback = "Tell us more." if status in ("ineligible", "not_shortlisted") else ""
    if unsealed:
        ground.now = ground.call.closes_at + timedelta(hours=1)
        call = db.session.get_one(Call, ground.call.id)
        call.status, call.unsealed_at = "assessing", ground.now
    db.session.commit()
    return application_by_id(row.id)


SITUATIONS = [
    *((status, False) for status in ("draft", "submitted", "withdrawn")),  # nothing else stands in a sealed call
    *((status, True) for status in APPLICATION_STATES),
]


@pytest.mark.parametrize(("status", "unsealed"), SITUATIONS)
def test_everybody_is_let_in_exactly_where_the_table_says(app, ground, make, status, unsealed):
    application = brought_to(ground, status, unsealed=unsealed)
    wrong = []
    for kind in KINDS:
        client = client_of(app, make, person_of(kind, ground, make, ground.again(application)))
        for verb, path in VERBS.items():
            page = client.get(path.format(id=application.id))
            may = page.status == 200
            if may != expected(kind, status, verb, unsealed=unsealed):
                wrong.append(f"{kind} {verb}: {page.status}")
    assert wrong == []


def test_every_act_refuses_everybody_but_those_who_may(app, ground, make):
    """What is sent is refused at the same doors: nobody but a manager without an interest moves anything."""
    application = brought_to(ground, "submitted", unsealed=True)
    interview = interviews.plan(
        application,
        {"at": ground.now + timedelta(days=1), "place": "Here"},
        ground.assessors,
        by=ground.manager,
        now=ground.now,
    )
    number, slug = application.id, ground.programme.slug
    shortlist = f"{STAFF}/calls/{slug}/shortlist/{ground.challenge.slug}"
    acts = [
        f"{STAFF}/applications/{number}/answer", f"{STAFF}/applications/{number}/ruling",
        f"{STAFF}/applications/{number}/interview", f"{STAFF}/interviews/{interview.id}/edit",
        f"{STAFF}/interviews/{interview.id}/cancellation",
    ]  # fmt: skip
    calls = [f"{STAFF}/calls/{slug}/{each}" for each in ("edit", "opening", "panels", "finish", "closing")] + [
        shortlist
    ]
    for kind in KINDS:
        if kind == "challenge_manager":
            continue
        client = client_of(app, make, person_of(kind, ground, make, ground.again(application)))
        runs = "manager" in kind
        for path in acts if runs else acts + calls:
            page = client.post(path, {"why": "x", "feedback": "x", "act": "pass_over"})
            assert page.status in (303, 403, 404) and (page.status != 303 or "/sign-in" in page.location), (
                f"{kind} {path}"
            )
    assert ground.again(application).status == "submitted" and interview.status == "planned"


def test_those_who_hear_an_interview_see_it_and_write_it_down_and_other_assessors_do_not(app, ground, make):
    application = brought_to(ground, "submitted", unsealed=True)
    hearer, other = ground.assessors
    interview = interviews.plan(
        application,
        {"at": ground.now + timedelta(hours=1), "place": "Here"},
        [hearer],
        by=ground.manager,
        now=ground.now,
    )
    page = f"{STAFF}/interviews/{interview.id}"
    assert client_of(app, make, hearer).get(page).status == 200
    assert client_of(app, make, other).get(page).status == 404
    ground.now = ground.now + timedelta(hours=2)
    assert client_of(app, make, other).post(page + "/record", {"record": "x", "language": "en"}).status == 404
    assert client_of(app, make, hearer).post(page + "/record", {"record": "They came.", "language": "en"}).status == 303
    interests.declare(application.name, user=hearer, has_interest=True, words="I know them.", now=ground.now)
    assert client_of(app, make, hearer).get(page).status == 404
