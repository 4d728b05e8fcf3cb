"""One's own pages, one's organisations, and what staff do with people."""

import pytest

from civic.accounts.actions import profile
from civic.core import clock
from civic.core.db import db
from tests.accounts.helpers import token_in
from tests.support.client import PageClient
from tests.support.sql import statements

# --- about oneself ----------------------------------------------------------------------------------------------


def test_an_account_page_costs_few_statements(client, make):
    make.sign_in(client, make.staff("researcher"))
    with statements() as counted:
        assert client.get("/en/account").status == 200
    counted.at_most(4)


@pytest.mark.parametrize("name", ["GLA Staff", "С1ty Hall", "Pаul", "<b>Anna</b>", "a" * 61, "\u202e\u200b", "x"])
def test_a_name_that_cannot_be_is_refused_and_kept_to_be_mended(client, make, name):
    make.sign_in(client, make.member(name=None))
    client.get("/en/account/profile")
    page = client.submit("Save my profile", display_name=name, borough="E09000012")
    assert page.status == 422
    assert page.errors
    assert '<option value="E09000012" selected>' in page.html


def test_a_name_that_looks_like_anothers_is_refused_at_its_field(client, make):
    make.member(name="Priya Nair")
    make.sign_in(client, make.member(name=None))
    client.get("/en/account/profile")
    page = client.submit("Save my profile", display_name="Prıya  NAIR")
    assert page.status == 422
    assert "Someone already uses this name" in page.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"birth_month": "5"}, "both the month and the year"),
        ({"birth_year": "1984"}, "both the month and the year"),
        ({"birth_month": "1", "birth_year": "2012"}, "16 or older"),
        ({"birth_month": "1", "birth_year": "84"}, "four digits"),
        ({"birth_month": "1", "birth_year": "9999999"}, "four digits"),
        ({"birth_month": "1", "birth_year": "nineteen"}, "whole number"),
    ],
)
def test_an_age_is_checked(client, make, fields, said):
    make.sign_in(client, make.member())
    client.get("/en/account/profile")
    page = client.submit("Save my profile", **fields)
    assert page.status == 422
    assert said in page.text


@pytest.mark.parametrize(
    "forged",
    [
        {"borough": "E12000007"},
        {"tenure": "castle"},
        {"connections": ["live", "love"]},
        {"birth_month": "13", "birth_year": "1990"},
        {"work_status": "\x00"},
    ],
)
def test_choices_that_were_not_offered_are_refused(client, make, forged):
    make.sign_in(client, make.member(name="Anna"))
    client.get("/en/account/profile")
    assert client.post("/en/account/profile", {"display_name": "Anna"} | forged).status == 422


def test_what_the_form_does_not_offer_is_not_taken(client, make):
    user = make.member(name="Anna")
    make.sign_in(client, user)
    client.get("/en/account/profile")
    client.post(
        "/en/account/profile",
        {"display_name": "Anna", "status": "suspended", "email": "evil@example.org", "role_list": "administrator"},
    )
    db.session.expire_all()
    assert (user.status, user.email != "evil@example.org", user.is_staff) == ("active", True, False)


def test_equality_questions_are_explained_first_and_go_one_by_one(client, make):
    user = make.member()
    make.sign_in(client, user)
    page = client.get("/en/account/equality")
    assert page.h1 == "Equality questions"
    assert client.get("/en/account/equality/sex").location == "/en/account/equality"
    client.get("/en/account/equality")
    client.submit("Continue", answer="yes")
    chosen = {
        "disability": "yes",
        "disability_impact": "little",
        "ethnic_group": "asian",
        "ethnic_background": "other",
        "marriage_status": "never",
        "religion": "skip",
        "sex": "female",
        "gender": "yes",
        "sexual_orientation": "skip",
    }
    for question, answer in chosen.items():
        page = client.follow()
        assert page.path.split("?")[0] == f"/en/account/equality/{question}"
        assert "Prefer not to say" in page.text
        client.submit("Continue", answer=answer)
    page = client.follow()
    assert page.h1 == "Your equality answers"
    assert "Which of the following best describes your Asian or Asian British background?" in page.text
    client.submit("Delete my equality answers")
    client.follow()
    assert client.get("/en/account/equality").h1 == "Equality questions"


def test_no_to_the_equality_questions_keeps_nothing(client, make):
    make.sign_in(client, make.member())
    client.get("/en/account/equality")
    assert client.submit("Continue").status == 422
    client.get("/en/account/equality")
    client.submit("Continue", answer="no")
    assert client.follow().h1 == "Your account"
    assert client.post("/en/account/equality/sex", {"answer": "female"}).status == 403


@pytest.mark.parametrize("language", ["pl", "ar", "xx"])
def test_every_page_of_ones_own_speaks_every_language(client, make, language):
    user = make.staff("administrator")
    profile.consent_to_equality(user, now=clock.now())
    organisation = make.organisation(owner=user)
    make.sign_in(client, user)
    pages = [
        "account",
        "account/profile",
        "account/devices",
        "account/email",
        "account/password",
        "account/language",
        "account/equality",
        "account/equality/ethnic_group",
        "account/equality/religion",
        "account/organisations",
        "account/organisations/new",
        f"account/organisations/{organisation.id}",
        f"account/organisations/{organisation.id}/edit",
        "account/second-step",
        "staff/people",
        f"staff/people/{user.id}",
        "staff/organisations",
        f"staff/organisations/{organisation.id}",
    ]
    for path in pages:
        assert client.get(f"/{language}/{path}").status == 200, path


@pytest.mark.parametrize("language", ["pl", "ar", "xx"])
def test_the_way_in_speaks_every_language(client, language):
    for path in ("sign-up", "sign-up/sent", "sign-in", "sign-in/link", "sign-in/sent", "password/forgotten"):
        assert client.get(f"/{language}/{path}").status == 200


def test_a_chosen_language_is_kept_and_gone_on_in(client, make):
    user = make.member()
    make.sign_in(client, user)
    client.get("/en/account/language")
    client.submit("Save my language", language="ar")
    assert client.last.location == "/ar/account"
    db.session.expire_all()
    assert user.language == "ar"
    assert client.post("/en/account/language", {"language": "klingon"}).status == 422


# --- organisations ----------------------------------------------------------------------------------------------


def test_an_organisation_from_first_word_to_verified(client, app, make, outbox):
    owner, officer = make.member(), make.staff("funds_officer")
    make.sign_in(client, owner)
    client.get("/en/account/organisations")
    client.click("Add an organisation")
    client.submit("Add the organisation", name="Friends of Clapton Pond", kind="registered_charity")
    client.follow()
    page = client.submit("Send it for verification")
    assert page.status == 422
    assert "number under which it is registered" in page.text
    client.submit("Save the changes", registration_number="1100001", governance="Five trustees.")
    client.follow()
    client.submit("Send it for verification")
    assert "Being checked" in client.follow().text
    staff = PageClient(app)
    make.sign_in(staff, officer)
    staff.get("/en/staff/organisations")
    staff.click("Friends of Clapton Pond")
    assert staff.submit("Record my decision", verb="verify").status == 422
    staff.submit("Record my decision", verb="verify", why="Charity register, 23 November.")
    staff.follow()
    assert "Verified" in client.get(client.get("/en/account/organisations").link("Friends of Clapton Pond").href).text
    assert outbox()[-1].name == "accounts/organisation_verified"


def test_an_organisation_is_hidden_from_others(client, make):
    organisation = make.organisation()
    make.sign_in(client, make.member())
    here = f"/en/account/organisations/{organisation.id}"
    for path in (here, here + "/edit"):
        assert client.get(path).status == 404
    for path in (
        "/edit",
        "/submission",
        "/recall",
        "/invitations",
        "/members/1/role/owner",
        "/members/1/removal",
        "/invitations/1/end",
    ):
        assert client.post(here + path).status == 404
    assert client.get(f"/en/account/organisations/{10**30}").status == 404


def test_a_colleague_is_invited_and_joins(client, app, make, outbox):
    owner, colleague = make.member(), make.member(email="ben@example.org", name="Ben")
    organisation = make.organisation(owner=owner)
    make.sign_in(client, owner)
    client.get(f"/en/account/organisations/{organisation.id}")
    client.submit("Send the invitation", email="ben@example.org", role="editor")
    assert "ben@example.org" in client.follow().text
    path = "/en/invitations/" + token_in(outbox()[-1])
    other = PageClient(app)
    make.sign_in(other, make.member())
    assert "was sent to" in other.get(path).text
    assert other.post(path).status == 403
    ben = PageClient(app)
    assert ben.get(path).location.startswith("/en/sign-in?next=")
    make.sign_in(ben, colleague)
    ben.get(path)
    ben.submit("Accept the invitation")
    ben.follow()
    assert (
        ben.post(
            f"/en/account/organisations/{organisation.id}/invitations", {"email": "x@example.org", "role": "owner"}
        ).status
        == 404
    )
    client.get(f"/en/account/organisations/{organisation.id}")
    client.submit("Make owner Ben")
    client.follow()
    client.submit("Leave")
    assert client.follow().h1 == "Your organisations"


def test_staff_do_not_verify_their_own_organisation(client, make):
    officer = make.staff("funds_officer")
    organisation = make.organisation(owner=officer, status="submitted")
    make.sign_in(client, officer)
    assert "somebody else decides" in client.get(f"/en/staff/organisations/{organisation.id}").text
    assert (
        client.post(f"/en/staff/organisations/{organisation.id}/decision", {"verb": "verify", "why": "Mine."}).status
        == 403
    )


# --- what staff do ----------------------------------------------------------------------------------------------


def test_an_administrator_finds_a_person_gives_a_role_and_takes_it_at_once(client, app, make):
    user = make.member(name="Chidi Okafor", email="chidi@example.org")
    make.member(name="Somebody Else")
    make.sign_in(client, make.administrator())
    client.get("/en/staff/people")
    page = client.submit("Find", q="okaf")
    assert "Chidi Okafor" in page.text
    assert "Somebody Else" not in page.text
    client.click("Chidi Okafor")
    assert client.submit("Give the role", role="moderator").status == 422
    client.get(f"/en/staff/people/{user.id}")
    client.submit("Give the role", role="moderator", why="Joins the team.")
    assert "Joins the team." in client.follow().text
    theirs = PageClient(app)
    make.sign_in(theirs, user, second_step=True)
    assert theirs.get("/en/staff/people").status == 200
    client.click("Take away Moderator")
    client.submit("Take the role away", why="Moved on.")
    client.follow()
    assert theirs.get("/en/staff/people").location.startswith("/en/sign-in")


def test_an_administrator_suspends_and_lifts(client, make, outbox):
    user = make.member(name="Chidi")
    make.sign_in(client, make.administrator())
    client.get(f"/en/staff/people/{user.id}")
    client.click("Suspend the account")
    client.submit("Suspend the account", why="Threatened a neighbour.")
    assert "Suspended" in client.follow().text
    client.click("Lift the suspension")
    client.submit("Lift the suspension", why="Appeal upheld.")
    client.follow()
    assert [m.name for m in outbox()] == ["accounts/suspended", "accounts/suspension_lifted"]


def test_an_administrator_does_not_touch_their_own_roles(client, make):
    admin = make.administrator()
    make.sign_in(client, admin)
    assert "Nobody changes their own roles." in client.get(f"/en/staff/people/{admin.id}").text
    for path, data in (
        ("roles", {"role": "moderator", "why": "Me."}),
        ("roles/administrator/removal", {"why": "Me."}),
        ("suspension", {"why": "Me."}),
    ):
        assert client.post(f"/en/staff/people/{admin.id}/{path}", data).status == 403


@pytest.mark.parametrize(
    "roles",
    [
        (),
        ("researcher",),
        ("moderator",),
        ("approver", "finance_officer", "consultee", "challenge_manager", "funds_officer"),
    ],
)
def test_only_administrators_give_roles(client, make, roles):
    target = make.member()
    make.sign_in(client, make.staff(*roles) if roles else make.member())
    for path in ("roles", "roles/moderator/removal", "suspension", "suspension/end", "sign-out", "second-step/removal"):
        assert (
            client.post(f"/en/staff/people/{target.id}/{path}", {"role": "administrator", "why": "Please."}).status
            == 403
        )
    assert not target.is_staff


def test_visitors_are_shown_the_way_in_to_staff_pages(client):
    assert client.get("/en/staff/people").location.startswith("/en/sign-in?next=")
    assert client.post("/en/staff/people/1/roles", {"role": "administrator"}).status in (403, 404)


def test_the_list_of_people_costs_the_same_however_many(client, make):
    make.sign_in(client, make.administrator())
    for _ in range(30):
        make.member()
    db.session.commit()
    with statements() as counted:
        page = client.get("/en/staff/people")
    counted.at_most(3)
    assert client.get(page.link("Next page").href).status == 200


@pytest.mark.parametrize(
    "query",
    [
        "q=%25%27%3B--",
        "q=" + "x" * 5000,
        "q=%00",
        "role=king",
        "status=dead",
        "at=rubbish",
        "at=W10",
        "q=%F0%9F%99%82&at=",
    ],
)
def test_a_search_for_rubbish_is_answered_calmly(client, make, query):
    make.sign_in(client, make.administrator())
    assert client.get(f"/en/staff/people?{query}").status in (200, 400)
