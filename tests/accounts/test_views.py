"""Coming in and going out, through pages that are always checked."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.accounts.models import User, UserSession
from civic.core.db import db
from tests.accounts.helpers import NEW, sign_in, sign_up, token_in
from tests.make_accounts import PASSWORD
from tests.support.client import PageClient

# --- signing up -------------------------------------------------------------------------------------------------


def test_from_sign_up_to_profile(client, outbox):
    assert sign_up(client, "Anna@Example.org").status == 303
    page = client.follow()
    assert "anna@example.org" in page.text
    client.get("/en/sign-up/" + token_in(outbox()[0]))
    client.submit("Yes, confirm my address")
    page = client.follow()
    assert page.h1 == "Your profile"
    client.submit(
        "Save my profile",
        display_name="Anna Kowalska",
        borough="E09000012",
        connections=["live", "work"],
        birth_month="5",
        birth_year="1984",
        tenure="council",
        work_status="part_time",
    )
    page = client.follow()
    assert "Hello, Anna Kowalska." in page.text
    user = db.session.scalars(sa.select(User)).one()
    assert (user.borough, user.connections, user.birth_month, user.birth_year) == (
        "E09000012",
        ["live", "work"],
        5,
        1984,
    )
    client.get("/en/account/profile")
    client.submit("Save my profile", connections=[], borough="", birth_month="", birth_year="")
    db.session.expire_all()
    user = db.session.scalars(sa.select(User)).one()
    assert (user.borough, user.connections, user.birth_month) == (None, [], None)


def test_a_mail_programs_preview_consumes_nothing(client, outbox):
    sign_up(client)
    path = "/en/sign-up/" + token_in(outbox()[0])
    for _ in range(3):
        assert client.get(path).status == 200
        client.open("HEAD", path)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(User)) == 0
    client.get(path)
    assert client.submit("Yes, confirm my address").status == 303
    assert client.get(path).status == 410
    assert client.post(path).status == 410


def test_another_browser_confirms_but_is_not_signed_in(client, app, outbox):
    sign_up(client)
    other = PageClient(app)
    other.get("/en/sign-up/" + token_in(outbox()[0]))
    other.submit("Yes, confirm my address")
    assert other.follow().h1 == "Sign in"
    assert other.get("/en/account").status == 303


def test_where_one_wanted_to_go_survives_the_sign_up(client, outbox):
    sign_up(client, query_string={"next": "/en/account/devices"})
    client.get("/en/sign-up/" + token_in(outbox()[0]))
    client.submit("Yes, confirm my address")
    client.follow()
    client.submit("Save my profile", display_name="Anna")
    assert client.last.location == "/en/account/devices"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": ""}, "Enter your email address."),
        ({"email": "anna"}, "name@example.com"),
        ({"email": "m\u0131ke@example.org"}, "name@example.com"),
        ({"password": ""}, "Choose a password."),
        ({"password": "short"}, "at least 12 characters"),
        ({"password": "password1234"}, "too easy to guess"),
        ({"password": "anna@example.org1"}, "too easy to guess"),
    ],
)
def test_what_is_wrong_with_a_sign_up_is_said_at_its_field(client, outbox, fields, said):
    client.get("/en/sign-up")
    page = client.submit("Create my account", **({"email": "anna@example.org", "password": PASSWORD} | fields))
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert said in page.text
    assert PASSWORD not in page.html
    assert outbox() == []


# --- signing in and out -----------------------------------------------------------------------------------------


def test_a_member_signs_in_and_goes_where_they_wanted(client, make):
    make.member(email="anna@example.org")
    assert client.get("/en/account/devices").location == "/en/sign-in?next=/en/account/devices"
    client.follow()
    page = client.submit("Sign in", email=" ANNA@example.org ", password=PASSWORD)
    assert (page.status, page.location) == (303, "/en/account/devices")
    assert client.follow().h1 == "Where you are signed in"


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "/%09/evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_on_to_another_site(client, make, target):
    make.member(email="anna@example.org")
    client.get("/en/sign-in", query_string={"next": target})
    token = client.token()
    page = client.post(
        "/en/sign-in",
        {"csrf_token": token, "email": "anna@example.org", "password": PASSWORD, "next": target.replace("%09", "\t")},
    )
    assert page.location == "/en/account"


def test_a_session_fixed_beforehand_is_of_no_use(client, app, make):
    make.member(email="anna@example.org")
    client.get("/en/sign-in")
    with client.client.session_transaction() as cookie:
        cookie["_user_id"] = "a token that an attacker chose"
        planted_csrf = cookie.get("csrf_token")
    sign_in(client, "anna@example.org")
    with client.client.session_transaction() as cookie:
        assert cookie["_user_id"] != "a token that an attacker chose"
        assert cookie.get("csrf_token") != planted_csrf or planted_csrf is None
    stored = db.session.scalars(sa.select(UserSession.token_hash)).one()
    with client.client.session_transaction() as cookie:
        assert stored != cookie["_user_id"]


def test_a_kept_cookie_is_dead_after_signing_out(client, app, make):
    make.member(email="anna@example.org")
    sign_in(client, "anna@example.org")
    with client.client.session_transaction() as cookie:
        kept = dict(cookie)
    client.get("/en/account")
    client.submit("Sign out")
    thief = PageClient(app)
    with thief.client.session_transaction() as cookie:
        cookie.update(kept)
    assert thief.get("/en/account").location.startswith("/en/sign-in")
    assert client.get("/en/account").status == 303


def test_a_link_signs_in_once(client, make, outbox, app):
    make.member(email="anna@example.org")
    client.get("/en/sign-in/link")
    client.submit("Send me the link", email="anna@example.org")
    path = "/en/sign-in/link/" + token_in(outbox()[0])
    client.get(path)
    client.submit("Sign me in")
    assert client.follow().h1 == "Your account"
    thief = PageClient(app)
    assert thief.get(path).status == 410
    assert thief.post(path).status == 410
    assert thief.get("/en/account").status == 303


def test_links_that_never_were_are_not_there(client):
    for path in ("/en/sign-up/x", "/en/sign-in/link/x", "/en/password/new/x", "/en/account/email/" + "x" * 5000):
        assert client.get(path).status == 404


def test_a_forgotten_password_is_replaced_and_every_device_signed_out(client, app, make, outbox):
    user = make.member(email="anna@example.org")
    elsewhere = PageClient(app)
    make.sign_in(elsewhere, user)
    assert elsewhere.get("/en/account").status == 200
    client.get("/en/password/forgotten")
    client.submit("Send me the link", email="anna@example.org")
    client.get("/en/password/new/" + token_in(outbox()[0]))
    assert client.submit("Save my new password", password="short").status == 422
    client.submit("Save my new password", password=NEW)
    assert client.follow().h1 == "Sign in"
    assert elsewhere.get("/en/account").status == 303
    assert sign_in(client, "anna@example.org").status == 422
    assert sign_in(client, "anna@example.org", NEW).status == 303


def test_links_in_mail_lead_to_the_configured_address_whatever_host_was_asked(client, make, outbox):
    client.get("/en/password/forgotten")
    make.member(email="anna@example.org")
    page = client.post(
        "/en/password/forgotten",
        {"email": "anna@example.org"},
        headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"},
    )
    assert page.status == 303
    assert "http://localhost/" in outbox()[0].text
    assert "evil" not in outbox()[0].text
    assert client.get("/en/sign-in", base_url="http://evil.example", checked=False).status == 400


def test_devices_are_listed_and_signed_out_one_by_one_or_all(client, app, make):
    user = make.member()
    make.sign_in(client, user, device="Firefox/Linux")
    phone, laptop = PageClient(app), PageClient(app)
    make.sign_in(phone, user, device="Safari/iPhone")
    make.sign_in(laptop, user, device="Chrome/Windows")
    page = client.get("/en/account/devices")
    assert all(
        device in page.text for device in ("Firefox on Linux", "Safari on iPhone", "Chrome on Windows", "This device")
    )
    client.submit("Sign out Safari on iPhone")
    assert phone.get("/en/account").status == 303
    assert laptop.get("/en/account").status == 200
    client.get("/en/account/devices")
    client.submit("Sign out every other device")
    assert laptop.get("/en/account").status == 303
    assert client.get("/en/account").status == 200


def test_nobody_signs_out_another_persons_device(client, make):
    row, _ = make.session(make.member())
    make.sign_in(client, make.member())
    assert client.post(f"/en/account/devices/{row.id}/sign-out").status == 404
    assert client.post(f"/en/account/devices/{2**70}/sign-out").status == 404


def test_an_address_is_changed_by_its_link(client, make, outbox):
    make.sign_in(client, make.member(email="old@example.org"))
    client.get("/en/account/email")
    assert (
        client.submit("Send a link to the new address", email="new@example.org", current_password="wrong").status == 422
    )
    client.get("/en/account/email")
    client.submit("Send a link to the new address", email="new@example.org", current_password=PASSWORD)
    client.follow()
    client.get("/en/account/email/" + token_in(outbox()[0]))
    client.submit("Use this address")
    assert "new@example.org" in client.follow().text


def test_a_password_is_changed_with_the_old_one(client, app, make):
    user, elsewhere = make.member(email="anna@example.org"), PageClient(app)
    make.sign_in(client, user)
    make.sign_in(elsewhere, user)
    client.get("/en/account/password")
    page = client.submit("Change my password", current_password="wrong", password=NEW)
    assert (page.status, "This is not your present password." in page.text) == (422, True)
    client.get("/en/account/password")
    client.submit("Change my password", current_password=PASSWORD, password=NEW)
    assert client.follow().h1 == "Your account"
    assert elsewhere.get("/en/account").status == 303


def test_a_suspended_person_is_told_and_signed_out(client, make):
    user = make.member(email="anna@example.org")
    make.sign_in(client, user)
    user.status = "suspended"
    db.session.commit()
    assert client.get("/en/account").status == 303
    page = sign_in(client, "anna@example.org")
    assert page.status == 403
    assert "suspended" in page.text


def test_use_is_noted_by_the_hour_and_only_when_something_is_sent(client, make):
    user = make.member()
    row, token = make.session(user)
    row.seen_at = row.seen_at - timedelta(hours=3)
    before = row.seen_at
    db.session.commit()
    with client.client.session_transaction() as cookie:
        cookie["_user_id"] = token
    client.get("/en/account/language")
    db.session.expire_all()
    assert row.seen_at == before
    client.submit("Save my language", language="en")
    db.session.expire_all()
    assert row.seen_at > before
    assert (row.seen_at.minute, row.seen_at.second) == (0, 0)
