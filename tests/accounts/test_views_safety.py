"""Who has an account stays unknown, the second step is forced, bad input is refused, and of fifty at once one wins."""

import statistics
import time

import pytest
import sqlalchemy as sa

from civic.accounts.models import EmailLink, User, UserSession
from civic.core import clock
from civic.core.db import db
from tests.accounts.helpers import at_once, sign_in
from tests.make_accounts import PASSWORD, code_of
from tests.support.client import PageClient

# --- nobody learns who has an account ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path,button",
    [
        ("/en/sign-up", "Create my account"),
        ("/en/sign-in/link", "Send me the link"),
        ("/en/password/forgotten", "Send me the link"),
    ],
)
def test_an_answer_does_not_tell_whether_an_address_has_an_account(client, app, make, path, button):
    make.member(email="known1@example.org")
    answers = []
    for email in ("known1@example.org", "nobody@example.org"):
        browser = PageClient(app)
        browser.get(path)
        fields = {"email": email} | ({"password": PASSWORD} if path == "/en/sign-up" else {})
        first = browser.submit(button, **fields)
        location = first.location
        page = browser.follow()
        answers.append((first.status, location, page.status, page.text.replace(email, "…")))
    assert answers[0] == answers[1]


def test_a_wrong_password_and_an_unknown_address_read_the_same(client, app, make):
    make.member(email="known1@example.org")
    pages = []
    for email in ("known1@example.org", "nobody@example.org"):
        page = sign_in(PageClient(app), email, "not the password")
        pages.append((page.status, page.text.replace(email, "…")))
    assert pages[0] == pages[1]
    assert pages[0][0] == 422


def test_a_sign_in_takes_as_long_for_an_unknown_address(client, app, make):
    make.member(email="known1@example.org")
    times = {"known1@example.org": [], "nobody1@example.org": []}
    browser = PageClient(app, checked=False)
    browser.get("/en/sign-in")
    token = browser.token()
    for _ in range(12):
        for email, taken in times.items():
            began = time.perf_counter()
            browser.post(
                "/en/sign-in", {"csrf_token": token, "email": email, "password": "not the password"}, token=False
            )
            taken.append(time.perf_counter() - began)
    known, unknown = (statistics.median(taken[2:]) for taken in times.values())
    assert 0.5 < known / unknown < 2, (known, unknown)


# --- the second step --------------------------------------------------------------------------------------------


def test_staff_set_up_the_second_step_before_anything_else(client, make, app):
    user = make.staff("administrator", email="admin@example.org", second_step=False)
    sign_in(client, "admin@example.org", path="/en/sign-in?next=/en/staff/people")
    page = client.follow()
    assert page.h1 == "Set up your second step"
    for path in ("/en/staff/people", "/en/account", "/en/account/organisations"):
        assert client.get(path).location.startswith("/en/sign-in/second-step?next=")
    assert client.post("/en/account/devices/sign-out").status == 403
    client.get("/en/account/second-step?next=/en/staff/people")
    client.submit("I have an app: begin")
    page = client.follow()
    assert page.h1 == "Connect your authenticator app"
    assert "<svg" in page.html
    assert client.submit("Finish the set-up", code="123").status == 422
    page = client.submit("Finish the set-up", code=code_of(user, app, clock.now()))
    assert page.status == 200
    assert page.h1 == "Keep your recovery codes"
    assert client.click("I have kept them").h1 == "People and roles"
    assert client.get("/en/account/second-step").status == 200


def test_staff_come_in_with_password_and_code_and_a_code_counts_once(client, app, make):
    user = make.staff("moderator", email="mo@example.org")
    sign_in(client, "mo@example.org")
    page = client.follow()
    assert page.h1 == "Enter the code from your app"
    code = code_of(user, app, clock.now())
    with client.client.session_transaction() as cookie:
        before = cookie["_user_id"]
    client.submit("Go on", code=code)
    assert client.follow().h1 == "Your account"
    with client.client.session_transaction() as cookie:
        assert cookie["_user_id"] != before
    again = PageClient(app)
    sign_in(again, "mo@example.org")
    again.follow()
    page = again.submit("Go on", code=code)
    assert page.status == 422
    assert "was used already" in page.text


def test_a_recovery_code_lets_in_once(client, app, make):
    from civic.accounts.actions import second_factor

    user = make.staff("moderator", email="mo@example.org")
    code = second_factor.new_recovery_codes(user)[0]
    db.session.commit()
    sign_in(client, "mo@example.org")
    client.follow()
    client.submit("Go on", code=code)
    assert client.follow().h1 == "Your account"
    again = PageClient(app)
    sign_in(again, "mo@example.org")
    again.follow()
    assert again.submit("Go on", code=code).status == 422


def test_new_recovery_codes_need_a_code_of_the_app(client, app, make):
    user = make.staff("moderator")
    make.sign_in(client, user)
    client.get("/en/account/second-step")
    assert client.submit("Make new codes", code="000000").status == 422
    client.get("/en/account/second-step")
    assert client.submit("Make new codes", code=code_of(user, app, clock.now())).h1 == "Keep your recovery codes"


# --- bad input --------------------------------------------------------------------------------------------------

NAUGHTY = [
    "\x00",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "\ud83d\ude42" * 50,
    "﷽" * 100,
    "../../etc/passwd",
    "${7*7}",
    "{{7*7}}",
    "\r\nSet-Cookie: a=b",
    "a" * 100_000,
    "1e309",
    "NaN",
    "\u202eevil",
    "𝕿𝖊𝖘𝖙",
]


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_naughty_strings_are_refused_or_kept_harmlessly(client, make, text):
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for path in ("/en/sign-up", "/en/sign-in", "/en/sign-in/link", "/en/password/forgotten"):
        client.get(path)
        page = client.post(path, {"email": text, "password": text, "next": text, "unknown": text})
        assert page.status == 422, path
        assert "<script>alert" not in page.html
    make.sign_in(client, make.member())
    for path, data in {
        "/en/account/profile": {
            "display_name": text,
            "borough": text,
            "birth_year": text,
            "birth_month": text,
            "tenure": text,
        },
        "/en/account/organisations/new": {"name": text, "kind": text, "registration_number": text},
        "/en/account/email": {"email": text, "current_password": text},
        "/en/account/password": {"current_password": text, "password": text},
        "/en/account/language": {"language": text},
        "/en/account/equality": {"answer": text},
    }.items():
        assert client.post(path, data).status == 422, path


@pytest.mark.parametrize(
    "path",
    [
        "sign-up",
        "sign-in",
        "sign-in/link",
        "password/forgotten",
        "sign-out",
        "account/profile",
        "account/language",
        "account/devices/sign-out",
        "account/equality",
        "account/second-step",
        "account/organisations/new",
    ],
)
def test_a_post_without_its_token_is_refused(client, make, path):
    make.sign_in(client, make.member())
    assert client.post(f"/en/{path}", {}, token=False).status == 400


def test_no_get_signs_out(client, make):
    make.sign_in(client, make.member())
    assert client.get("/en/sign-out", checked=False).status == 405
    assert client.get("/en/account").status == 200


def test_too_many_tries_are_stopped_by_address_typed(client, app, make, rate_limits):
    make.member(email="anna@example.org")
    client.get("/en/sign-in")
    for _ in range(20):
        assert client.post("/en/sign-in", {"email": "Anna@example.org", "password": "wrong"}).status == 422
    assert client.post("/en/sign-in", {"email": "anna@EXAMPLE.org", "password": "wrong"}).status == 429
    assert client.post("/en/sign-in", {"email": "other@example.org", "password": "wrong"}).status == 422


def test_a_page_of_ones_own_is_never_kept_by_a_cache(client, make):
    make.sign_in(client, make.member())
    assert client.get("/en/account").headers["Cache-Control"] == "no-store"


# --- fifty at once ----------------------------------------------------------------------------------------------


def test_of_fifty_who_take_one_name_at_once_one_gets_it(shared, make):
    users = [make.member(name=None) for _ in range(50)]
    clients = [PageClient(shared, checked=False) for _ in users]
    for client, user in zip(clients, users, strict=True):
        make.sign_in(client, user)
        client.get("/en/account/profile")
    statuses = at_once(
        50,
        lambda i: (
            clients[i].post("/en/account/profile", {"display_name": "Priya Nair" if i % 2 else "PRIYA NAIR"}).status
        ),
    )
    assert sorted(statuses) == [303] + [422] * 49
    assert db.session.scalar(sa.select(sa.func.count()).where(User.display_name_folded.is_not(None))) == 1


def test_of_fifty_uses_of_one_link_at_once_one_counts(shared, make):
    from civic.accounts.actions import links

    with shared.test_request_context("/en/"):
        user = make.member(email="anna@example.org")
        token = links.give_out("sign_in", email=user.email, user=user, now=clock.now())
        db.session.commit()
    clients = [PageClient(shared, checked=False) for _ in range(50)]
    for client in clients:
        client.get("/en/sign-in")
    statuses = at_once(50, lambda i: clients[i].post(f"/en/sign-in/link/{token}").status)
    assert sorted(statuses) == [303] + [410] * 49
    assert db.session.scalar(sa.select(sa.func.count()).select_from(UserSession)) == 1
    assert db.session.scalar(sa.select(sa.func.count()).where(EmailLink.used_at.is_(None))) == 0
