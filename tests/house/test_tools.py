"""The tools that other tests rely on see what they should: counted statements, plans, writes on reading, forms."""

import pytest
import sqlalchemy as sa
from flask import Flask, redirect, request

from civic.core.db import db
from tests.support import faulty
from tests.support.client import PageClient
from tests.support.reading import only_reads
from tests.support.sql import explain, statements


@pytest.fixture
def faulty_client() -> PageClient:
    site = faulty.site()
    site.secret_key = "x"
    site.add_url_rule("/sound", "send", lambda: redirect(f"/sound?cycle={request.form.get('cycle')}"), methods=["POST"])
    return PageClient(site)


def test_statements_are_counted_without_savepoints(isolated: Flask):
    with statements() as sent:
        db.session.execute(sa.text("SELECT 1"))
        with db.session.begin_nested():
            db.session.execute(sa.text("SELECT 2"))
    assert list(sent) == ["SELECT 1", "SELECT 2"]
    sent.at_most(2)
    with pytest.raises(AssertionError, match="SELECT 2"):
        sent.at_most(1)


def test_a_scan_and_a_sort_are_found_in_a_plan(isolated: Flask):
    connection = db.session.connection()
    connection.execute(sa.text("CREATE TEMP TABLE street (id int PRIMARY KEY, name text)"))
    connection.execute(sa.text("INSERT INTO street SELECT n, md5(n::text) FROM generate_series(1, 20000) n"))
    connection.execute(sa.text("ANALYZE street"))
    explain(connection, sa.text("SELECT * FROM street WHERE id = 7"), never_scans=["street"])
    with pytest.raises(AssertionError, match="scans street"):
        explain(connection, sa.text("SELECT * FROM street WHERE name = 'x'"), never_scans=["street"])
    with pytest.raises(AssertionError, match="sorts by"):
        explain(connection, sa.text("SELECT * FROM street ORDER BY name"))


def test_reading_that_writes_is_found(isolated: Flask):
    with pytest.raises(AssertionError, match="writes"), only_reads(isolated, "/x"):
        db.session.execute(sa.text("CREATE TEMP TABLE lane (id int)"))
    with pytest.raises(AssertionError, match="writes"), only_reads(isolated, "/x"):
        db.session.execute(sa.text("SELECT 1 FROM pg_database FOR UPDATE"))


def test_a_faulty_page_fails_whoever_fetches_it(faulty_client):
    faulty_client.get("/sound")
    with pytest.raises(AssertionError, match="no label for"):
        faulty_client.get("/faulty/no label")


def test_a_form_is_sent_as_a_browser_would_send_it(faulty_client):
    faulty_client.get("/sound")
    page = faulty_client.submit("Send", cycle="yes", wish="Trees")
    assert page.location == "/sound?cycle=yes"
    assert faulty_client.follow().h1 == "Tell us about your street"


@pytest.mark.parametrize(
    "fields, message", [({"bell": "x"}, "no field 'bell'"), ({"cycle": "maybe"}, "cannot be chosen")]
)
def test_a_form_cannot_be_sent_with_what_is_not_on_the_page(faulty_client, fields, message):
    faulty_client.get("/sound")
    with pytest.raises(AssertionError, match=message):
        faulty_client.submit("Send", fields)
