"""Cases 16, 27, 28, 31, 38: forms come from one's own pages, caches keep people apart, limits count whoever hides."""

import re
from typing import Any
from unittest import mock

import pytest

from civic.accounts.events import SignedIn
from civic.core.security import csrf
from tests.accounts.helpers import sign_in
from tests.house.routes import addresses
from tests.make_accounts import PASSWORD
from tests.support.client import PageClient

NOT_PRIVATE = {"assets", "gate.sitemap", "gate.robots", "gate.security_txt", "gate.favicon"}


def test_no_view_is_exempt_from_the_token_but_those_that_know_their_sender_by_a_signature(app):
    hooks = {f"civic.payments.views.webhooks.{name}" for name in ("take_event", "take_connect_event")}
    # The link in a letter is signed for one person and one purpose; what the mail service tells carries its secret.
    letters = {"civic.notifications.views.stopping.stop", "civic.notifications.views.addresses.take_bounce"}
    assert csrf._exempt_views == hooks | letters and not csrf._exempt_blueprints
    assert app.config.get("WTF_CSRF_ENABLED", True) and app.config.get("WTF_CSRF_CHECK_DEFAULT", True)


@pytest.mark.parametrize("kind", ("visitor", "administrator"))
def test_every_form_wants_a_token_of_its_own_reader_in_its_body(app, arrive, known, kind):
    client, other = arrive(kind), arrive("member")
    foreign, own = other.token(), client.token()
    tries: dict[str, dict[str, Any]] = {
        "somebody else's": {"data": {"csrf_token": foreign}},
        "in the address": {"query_string": {"csrf_token": own}, "data": {"why": "x"}},
        "as JSON in plain text": {"data": f'{{"csrf_token": "{own}"}}', "content_type": "text/plain"},
        "as JSON": {"json": {"csrf_token": own}},
        "cut short": {"data": {"csrf_token": own[:-1]}},
        "in somebody's header": {"headers": {"X-CSRFToken": foreign}},
    }
    taken = []
    for address in addresses(app, "POST", known):
        for name, options in tries.items():
            page = client.post(address.path, token=False, **options)
            if page.status not in (400, 403, 404):
                taken.append(f"{address}: {name} gave {page.status}")
    assert not taken, "\n".join(taken)


def test_a_reading_that_says_it_is_a_sending_does_nothing(arrive, make):
    client = arrive("member")
    for headers in ({"X-HTTP-Method-Override": "POST"}, {"X-Method-Override": "POST"}, {"X-HTTP-Method": "POST"}):
        assert client.get("/en/sign-out?_method=POST", headers=headers).status == 405
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "EVIL"):
        assert client.open(method, "/en/sign-out").status in (400, 405)
        assert client.open(method, "/en/account").status in (400, 405)
    assert client.get("/en/account").status == 200


# --- caches -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ("member", "researcher", "administrator"))
def test_no_page_of_somebody_signed_in_is_kept_by_any_cache(app, arrive, known, kind):
    client, kept = arrive(kind), []
    for address in addresses(app, "GET", known):
        if address.endpoint not in NOT_PRIVATE:
            page = client.get(address.path, headers={"If-None-Match": "*"})
            if page.headers.get("Cache-Control") != "no-store" or "ETag" in page.headers or page.status == 304:
                kept.append(f"{address}: {page.status} {page.headers.get('Cache-Control')}")
    assert not kept, "\n".join(kept)


def test_what_a_shared_cache_may_keep_has_nothing_of_one_reader(app, arrive, known):
    client, faults, public = arrive("visitor"), [], 0
    client.get("/en/sign-in")  # from here on the reader's cookie holds the secret of their forms
    for address in addresses(app, "GET", known):
        page = client.get(address.path)
        if "public" in page.headers.get("Cache-Control", "") and address.endpoint not in NOT_PRIVATE:
            public += 1
            if (
                "csrf_token" in page.html
                or "Set-Cookie" in page.headers
                or "Cookie" not in page.headers.get("Vary", "")
            ):
                faults.append(str(address))
    assert not faults and public > 4, faults


def test_one_readers_copy_is_never_confirmed_to_another(arrive, make):
    make.survey(slug="open-one")
    visitor, member = arrive("visitor"), arrive("member")
    for path in ("/en/", "/en/surveys", "/en/surveys/open-one", "/en/privacy", "/en/barrier-reports"):
        tag = visitor.get(path).headers.get("ETag")
        assert tag, path
        assert visitor.get(path, headers={"If-None-Match": tag}).status == 304
        assert member.get(path, headers={"If-None-Match": tag}).status == 200


def test_a_page_with_a_message_for_one_reader_is_kept_by_nobody(arrive, make):
    client = arrive("visitor")
    tag = client.get("/en/barrier-reports").headers["ETag"]
    client.post("/en/barrier-reports", {"happened": "A trap", "contact_by": "nothing"})
    page = client.get("/en/barrier-reports", headers={"If-None-Match": tag})
    assert page.status == 200 and page.headers["Cache-Control"] == "no-store" and "Your report has arrived" in page.text


def test_pages_of_a_draft_and_its_receipt_are_kept_by_nobody(arrive, make):
    survey, client = make.survey(), arrive("visitor")
    base = f"/en/surveys/{survey.slug}"
    client.post(f"{base}/answers/streets", {"cycles": "no"})
    pages = [client.get(base + path) for path in ("", "/answers/streets", "/check", "/saved")]
    client.post(f"{base}/responses")
    pages += [client.get(base + path) for path in ("", "/receipt", "/response")]
    assert [page.headers.get("Cache-Control") for page in pages] == ["no-store"] * 7
    assert not any("ETag" in page.headers for page in pages)


@pytest.mark.parametrize(
    "path",
    ("/en/account/x.css", "/en/account.css", "/en/account/profile/a.js", "/en/account%2fx.css", "/en/account;x.css"),
)
def test_a_private_page_has_no_second_name_that_looks_like_a_file(arrive, path):
    page = arrive("member").get(path)
    assert page.status == 404 and page.headers["Cache-Control"] == "no-store"


def test_nothing_private_is_drawn_from_a_cookie_after_signing_out(arrive, make):
    client = arrive("member")
    with client.client.session_transaction() as cookie:
        kept = dict(cookie)
    client.post("/en/sign-out")
    with client.client.session_transaction() as cookie:
        cookie.update(kept)
    page = client.get("/en/account")
    assert page.status == 303 and "/sign-in" in page.location


# --- limits and hosts -------------------------------------------------------------------------------------------

DISGUISES: dict[str, Any] = {
    "an address of one's own making": lambda i: {
        "headers": {"X-Forwarded-For": f"10.0.{i}.1", "X-Real-IP": f"10.1.{i}.1", "Forwarded": f"for=10.2.{i}.1"}
    },
    "another address in one's own network": lambda i: {"environ_base": {"REMOTE_ADDR": f"2001:db8:1:2::{i:x}"}},
    "other languages": lambda i: {"path": ("/en/sign-in", "/pl/sign-in", "/ar/sign-in")[i % 3]},
    "another query": lambda i: {"path": f"/en/sign-in?x={i}"},
    "another browser": lambda i: {"headers": {"User-Agent": f"browser {i}", "Cookie": ""}},
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_limit_counts_whoever_sends_in_disguise(arrive, rate_limits, disguise):
    client = arrive("visitor")
    token, statuses = client.token(), []
    for i in range(33):
        options = dict(DISGUISES[disguise](i))
        path = options.pop("path", "/en/sign-in")
        data = {"csrf_token": token, "email": f"someone{i}@example.org", "password": ""}
        statuses.append(client.post(path, data, token=False, **options).status)
    assert (
        429 in statuses or (disguise == "another browser" and set(statuses) == {400, 429}) or statuses.count(429) >= 3
    ), statuses


@pytest.mark.parametrize(
    "path",
    ("/en/sign-in/", "/EN/sign-in", "/en/Sign-In", "//en/sign-in", "/en//sign-in", "/en/sign-in%20", "/en/./sign-in"),
)
def test_a_limited_form_has_no_second_address(arrive, rate_limits, path):
    client = arrive("visitor")
    assert client.post(path, {"email": "a@example.org", "password": PASSWORD}).status in (308, 404, 405)


def test_tries_on_one_address_count_however_it_is_written(arrive, make, rate_limits):
    make.member(email="anna@example.org")
    client = arrive("visitor")
    token, statuses = client.token(), []
    for i in range(24):
        written = (
            "\x00" * i + "anna@example.org",
            " " * (13 * i) + "anna@example.org",
            "ANNA@example.org",
            "anna@\uff45xample.org",
        )[i % 4]
        data = {"csrf_token": token, "email": written, "password": "wrong"}
        statuses.append(client.post("/en/sign-in", data, token=False).status)
    assert statuses[20:] == [429] * 4, statuses


def test_links_in_mail_name_the_configured_host_however_it_was_asked(arrive, make, outbox):
    make.member(email="anna@example.org")
    client = arrive("visitor")
    forged = {
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "host=evil.example",
        "X-Host": "evil.example",
        "X-Original-URL": "//evil.example/",
    }
    for path in ("/en/password/forgotten", "/en/sign-in/link", "/en/sign-up"):
        client.post(path, {"email": "anna@example.org", "password": PASSWORD}, headers=forged)
        assert client.post(path, {"email": "anna@example.org"}, headers={"Host": "evil.example"}).status == 400
    assert len(outbox()) == 3
    for message in outbox():
        assert "evil.example" not in message.text + message.html
        assert set(re.findall(r"https?://[^/\s\"<]+", message.text)) == {"http://localhost"}


def test_signing_in_makes_every_form_token_from_before_worthless(app, make):
    make.member(email="anna@example.org")
    client = PageClient(app)
    client.get("/en/sign-in")
    fixed = client.token()
    sign_in(client, "anna@example.org")
    assert client.post("/en/account/language", {"csrf_token": fixed, "language": "pl"}, token=False).status == 400


def test_a_member_s_receipt_is_not_given_to_who_signs_in_next_at_the_browser(make, app):
    from civic.surveys.views import browser

    first, second = make.member(), make.member()
    given: list[list[str]] = []
    with app.test_request_context("/en/"), mock.patch.object(browser, "maybe_me", return_value=first):
        browser.keep_receipt("trees", "AAAA-BBBB-CCCC")
        assert browser.receipt_of("trees") == "AAAA-BBBB-CCCC"
        with mock.patch.object(browser, "maybe_me", return_value=second):
            assert browser.receipt_of("trees") is None
        with mock.patch.object(browser, "attach", lambda person_id, codes, keys: given.append(codes)):
            browser.attach_to_account(SignedIn(second.id))
    assert given == [[]]
