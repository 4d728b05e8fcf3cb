"""Addresses and answers: the language in front, sealed headers, known hosts, files kept for ever, health."""

import pytest


def test_the_bare_address_leads_to_the_reader_s_language(client):
    assert client.get("/", headers={"Accept-Language": "ar-EG,en;q=0.5"}).location == "/ar/"
    assert client.get("/", headers={"Accept-Language": "de"}).location == "/en/"


def test_an_address_without_language_leads_to_the_one_with(client):
    assert client.get("/sign-in?next=/x", headers={"Accept-Language": "pl"}).location == "/pl/sign-in?next=/x"


def test_a_language_that_is_not_offered_is_no_address(client):
    assert client.get("/de/").status == 404


def test_every_answer_is_sealed(client):
    headers = client.get("/en/").headers
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert client.get("/en/nothing-here").headers["Content-Security-Policy"] == headers["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:80@evil.example", ""])
def test_an_unknown_host_is_refused(client, host):
    assert client.client.get("/en/", headers={"Host": host}).status_code == 400


def test_forwarded_headers_are_not_believed_without_a_proxy(client):
    page = client.get("/en/", headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"})
    assert "evil.example" not in page.html


def test_health(client):
    assert client.get("/health/live").status == 200
    assert client.get("/health/ready").json == {"status": "ready"}


def test_an_error_page_shows_the_id_of_its_log_line(client):
    page = client.get("/en/nothing-here")
    assert page.status == 404
    assert page.headers["X-Request-Id"]


def test_a_form_from_elsewhere_is_refused_with_a_page(client):
    page = client.post("/en/sign-in", {"email": "a@b.example"}, token=False)
    assert page.status == 400
    assert page.h1


def test_a_body_that_is_too_large_is_refused_with_a_page(client):
    assert client.post("/en/sign-in", {"email": "x" * 9_000_000}).status == 413


def test_static_files_may_be_kept_for_a_year_and_lie_nowhere_else(client):
    from civic.core.web import asset

    with client.app.test_request_context("/en/"):
        address = asset("vendor/civic.css")
    assert "immutable" in client.get(address).headers["Cache-Control"]
    assert client.get("/assets/x/../../config.py").status == 404
    assert client.get("/assets/x/%2e%2e/%2e%2e/config.py").status == 404
