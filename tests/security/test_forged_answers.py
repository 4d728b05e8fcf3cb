"""Cases 8, 9, 10, 22: nobody is what a form says they are; votes, drafts, receipts and links count for whom they were made."""

from typing import Any

import pytest
import sqlalchemy as sa

from civic.accounts.models import Organisation, User
from civic.core import tokens
from civic.core.db import db
from civic.surveys.models.response import Draft, Response
from tests.support.client import PageClient

FORGED = {
    "id": "1",
    "role": "administrator",
    "roles": "administrator",
    "role_list": "administrator",
    "status": "verified",
    "is_staff": "1",
    "person_id": "1",
    "user_id": "1",
    "survey_id": "99",
    "survey_version_id": "99",
    "level": "organisation_verified",
    "version": "99",
    "version_id": "99",
    "mode": "paper",
    "borough_code": "E09000001",
    "anonymity": "identified",
    "submitted_on": "1999-01-01",
    "receipt_hash": "x",
    "key": "x",
    "revision": "99",
    "response_id": "x",
    "password_hash": "x",
    "email_confirmed_at": "2020-01-01",
    "display_name_folded": "x",
    "verified": "1",
    "second_factor_at": "2020-01-01",
    "reporter_id": "1",
    "answered_at": "2020-01-01",
    "summary": "x",
    "summary_published_at": "2020-01-01",
    "owner_id": "1",
    "created_at": "1999-01-01",
    "session_token": "x",
    "preferences": "{}",
    "answers": '{"cycles":"yes"}',
    "passed": "[]",
    "language_code": "xx",
}
NEVER_BY_FORM = ("email", "password_hash", "status", "email_confirmed_at", "created_at", "signed_in_at")


def answer(client: PageClient, slug: str, **more: str) -> Any:
    """Answer the first page and send."""
    for _ in range(2):  # the second time the page asks why not
        client.post(f"/en/surveys/{slug}/answers/streets", {"cycles": "no", "why_not": "Rain", **more})
    client.post(f"/en/surveys/{slug}/answers/air", {"air": "7", **more})
    return client.post(f"/en/surveys/{slug}/responses", more)


def test_no_form_of_a_member_sets_what_is_not_theirs_to_set(arrive, make):
    member = make.member(email="honest@example.org")
    before = {name: getattr(member, name) for name in NEVER_BY_FORM}
    client = arrive("member", member)
    profile = {"display_name": "Honest Name", "borough": "E09000012"}
    assert client.post("/en/account/profile", FORGED | profile | {"email": "evil@example.org"}).status == 303
    assert client.post("/en/account/language", FORGED | {"language": "pl"}).status == 303
    made = FORGED | {"name": "Friends of Clapton Pond", "kind": "registered_charity"}
    assert client.post("/en/account/organisations/new", made).status == 303
    assert client.post("/en/preferences", FORGED | {"language": "en", "text": "largest"}).status in (303, 422)
    db.session.expire_all()
    member = db.session.get(User, member.id)
    assert {name: getattr(member, name) for name in NEVER_BY_FORM} == before
    assert not member.roles and not member.is_staff
    organisation = db.session.scalars(sa.select(Organisation)).one()
    assert organisation.status == "unverified" and organisation.created_at == make.now
    assert client.post(f"/en/account/organisations/{organisation.id}/edit", made).status == 303
    db.session.expire_all()
    assert db.session.get(Organisation, organisation.id).status == "unverified"


def test_a_barrier_report_begins_at_the_beginning_whatever_the_form_says(arrive, make):
    from civic.accessibility.models import BarrierReport

    client = arrive("visitor")
    told = FORGED | {"happened": "A trap", "contact_by": "nothing"}
    assert client.post("/en/barrier-reports", told).status == 303
    report = db.session.scalars(sa.select(BarrierReport)).one()
    assert (report.status, report.summary, report.reporter_id, report.answered_at) == ("received", "", None, None)


@pytest.mark.parametrize("kind", ("visitor", "member"))
def test_a_vote_counts_as_what_the_site_knows_and_not_as_the_form_says(arrive, make, kind):
    survey, client = make.survey(), arrive(kind)
    assert (
        answer(client, survey.slug, **{name: value for name, value in FORGED.items() if name != "mode"}).status == 303
    )
    sent = db.session.scalars(sa.select(Response)).one()
    assert (sent.mode, sent.person_id, sent.survey_id, sent.submitted_on) == ("web", None, survey.id, make.now.date())
    assert (sent.level, sent.borough) == (("nothing", None) if kind == "visitor" else ("borough_given", "E09000012"))
    assert sent.answers == {"cycles": "no", "why_not": "Rain", "air": 7}


def test_a_page_takes_answers_to_its_own_questions_only(arrive, make):
    survey, client = make.survey(), arrive("visitor")
    forged = {
        "cycles": "no",
        "asked": "cycles miles home note",
        "miles": "12",
        "home": "E09000012",
        "trust-mayor": "lot",
        "unknown": "x",
    }
    assert client.post(f"/en/surveys/{survey.slug}/answers/streets", forged).status == 303
    assert db.session.scalars(sa.select(Draft)).one().answers == {"cycles": "no"}


@pytest.mark.parametrize(
    "data",
    [
        {"mode": "trees"},
        {"wishes": ["bus"]},
        {"wishes": ["trees", "lot"]},
        {"mode": "BUS"},
        {"mode": "bus\u200b"},
        {"mode": ["bus", "walk"]},
        {"mode": "other"},
        {"mode": "prefer_not_to_say "},
        {"wishes": ["trees", "lights", "crossings", "nothing"]},
    ],
)
def test_an_option_of_another_question_is_no_answer(arrive, make, data):
    survey, client = make.survey(), arrive("visitor")
    assert client.post(f"/en/surveys/{survey.slug}/answers/streets", {"cycles": "yes", **data}).status == 422
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Draft)) == 0


def test_a_closed_or_coming_survey_takes_no_vote_however_it_is_sent(arrive, make, now):
    from datetime import timedelta

    for facts in ({"status": "closed"}, {"closes_at": now}, {"opens_at": now + timedelta(seconds=1)}):
        survey, client = make.survey(**facts), arrive("visitor")
        assert answer(client, survey.slug).status in (404, 410), facts
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Response)) == 0


def test_a_receipt_opens_its_own_survey_only(arrive, make):
    first, second, client = make.survey(), make.survey(), arrive("visitor")
    answer(client, first.slug)
    with client.client.session_transaction() as cookie:
        code = cookie["receipts"][0][1]
    stranger = arrive("visitor")
    for path in ("change", "withdraw"):
        page = stranger.post(f"/en/surveys/{second.slug}/response", {"code": code, "act": path, "sure": "1"})
        assert page.status == 422, path
    for guess in ("", " ", "%", "_", code[:-1], code + "2", "' or 1=1 --", "\u0660" * 12, "x" * 10_000):
        assert (
            stranger.post(f"/en/surveys/{first.slug}/response", {"code": guess, "act": "withdraw", "sure": "1"}).status
            == 422
        )
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Response)) == 1


def test_a_named_response_is_withdrawn_by_nobody_else(arrive, make):
    survey = make.survey(anonymity="identified", who_may_answer="email_confirmed")
    owner, other = arrive("member"), arrive("member")
    assert answer(owner, survey.slug).status == 303
    assert other.post(f"/en/surveys/{survey.slug}/response", {"act": "withdraw", "sure": "1"}).status == 422
    assert other.get(f"/en/surveys/{survey.slug}/receipt").status == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Response)) == 1


def test_a_mailed_link_is_whole_for_its_purpose_and_for_its_survey(arrive, make):
    survey, client = make.survey(), arrive("visitor")
    client.post(f"/en/surveys/{survey.slug}/answers/streets", {"cycles": "yes"})
    draft, stranger = db.session.scalars(sa.select(Draft)).one(), arrive("visitor")
    with stranger.app.test_request_context("/"):
        good = tokens.sign("surveys.draft", [survey.slug, draft.key])
        wrong = [
            tokens.sign("surveys.other", [survey.slug, draft.key]),
            good[:-2] + "AA",
            "." + good,
            good.split(".")[0],
            "x" * 5000,
            draft.key,
        ]
    for token in wrong:
        assert stranger.get(f"/en/surveys/resume/{token}").status in (400, 404)
        assert stranger.post(f"/en/surveys/resume/{token}").status in (400, 404)
    assert stranger.get(f"/en/surveys/{survey.slug}/saved").status == 303


def test_a_draft_of_an_account_opens_to_no_cookie_or_mailed_link(arrive, make):
    """A cookie that was copied, or kept from before the session was ended elsewhere, still names the draft."""
    survey, owner = make.survey(), arrive("member")
    for _ in range(2):  # the second time the page asks why not
        owner.post(f"/en/surveys/{survey.slug}/answers/streets", {"cycles": "no", "why_not": "A private fear"})
    draft = db.session.scalars(sa.select(Draft)).one()
    assert draft.person_id is not None
    for kind in ("visitor", "member"):
        thief = arrive(kind)
        with thief.client.session_transaction() as cookie:
            cookie["drafts"] = {survey.slug: draft.key}
        for path in ("saved", "check", "answers/streets", ""):
            assert "A private fear" not in thief.get(f"/en/surveys/{survey.slug}/{path}".rstrip("/")).html, (kind, path)
        thief.post(f"/en/surveys/{survey.slug}/draft-deletion")
        thief.post(f"/en/surveys/{survey.slug}/draft-links", {"email": "thief@example.org"})
        page = thief.post(f"/en/surveys/{survey.slug}/answers/streets", {"cycles": "yes"})
        assert page.status == 303, "the next person at this browser begins a draft of their own"
        db.session.expire_all()
        assert db.session.get(Draft, draft.id).answers == {"cycles": "no", "why_not": "A private fear"}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Draft)) == 3


@pytest.mark.parametrize("odd", ("²", "٣", "१", "①", "9" * 5000, "-1", "1e309", "NaN", "0x1", " 1", "1\n"))
def test_odd_digits_are_read_or_refused_and_break_nothing(arrive, make, known, odd):
    from urllib.parse import quote

    staff, researcher = arrive("administrator"), arrive("researcher")
    assert staff.get(f"/en/staff/audit?actor={quote(odd)}").status in (200, 400)
    assert staff.get(f"/en/staff/people?at={quote(odd)}").status in (200, 400)
    builder = "/en/staff/surveys/known"
    for path, data in (
        (f"{builder}/settings", {"edition": odd, "title": "Parks", "slug": "known", "suppress_below": odd}),
        (f"{builder}/conditions/trust", {"act": f"remove-{odd}-{odd}"}),
        (
            f"{builder}/conditions/trust",
            {"act": "add", "group": odd, "question": "cycles", "comparison": "equals", "value": "yes"},
        ),
        (f"{builder}/parts/mode/place", {"place": odd, "to": odd, "edition": odd}),
        ("/en/surveys/known/exports", {"version": odd}),
        ("/en/surveys/known/answers/part_air", {"air": odd, "order-parks": odd}),
        ("/en/surveys/known/answers/part_you?new=" + quote(odd), {}),
    ):
        assert researcher.post(path, data).status < 500, path
    assert researcher.get(f"/en/surveys/known/answers-in-words/more?after={quote(odd)}").status in (200, 400)
