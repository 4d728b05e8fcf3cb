"""The notice is printed from the cards; every cookie is named; what is held about oneself can be seen and taken."""

import json
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from civic.core.audit import AuditEntry
from civic.core.db import db
from civic.privacy import queries
from civic.privacy.cookies import cookies
from tests.support.sql import statements

LANGUAGES = ("en", "pl", "ar", "xx")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["privacy", "cookies"])
def test_every_page_is_as_pages_must_be_in_every_language(client, language, path):
    assert client.get(f"/{language}/{path}").status == 200


def test_the_notice_prints_every_card(client, app: Flask):
    page = client.get("/en/privacy")
    for card in app.extensions["civic"].personal_data:
        for said in (card.title, card.fields, card.purpose, card.basis, card.keep):
            assert str(said) in page.text


def test_every_cookie_that_the_code_sets_is_on_the_page(app: Flask):
    source = "\n".join(path.read_text() for path in Path("civic").rglob("*.py"))
    set_by_name = set(re.findall(r"set_cookie\(\s*[\"']([a-z_]+)[\"']", source))
    with app.app_context():
        named = {each.name for each in cookies()}
    assert set_by_name <= named
    assert {"display", "language", app.config["SESSION_COOKIE_NAME"]} == named


def test_reading_public_pages_sets_no_cookie(client):
    for path in ("/en/privacy", "/en/cookies", "/en/accessibility-statement", "/en/barrier-reports", "/en/"):
        assert "Set-Cookie" not in client.get(path).headers


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_member_sees_what_is_held(client, make, language):
    make.sign_in(client, make.member())
    with statements() as seen:
        page = client.get(f"/{language}/account/data")
    assert page.status == 200
    seen.at_most(2)


def test_a_visitor_is_shown_the_way_in(client):
    page = client.get("/en/account/data")
    assert page.status == 303
    assert "/sign-in" in page.location


def test_the_copy_holds_my_rows_and_nobody_else_s_and_no_secret(client, make):
    me, other = make.member(email="me@example.org"), make.member(email="other@example.org")
    make.barrier(reporter_id=me.id, happened="My barrier")
    make.barrier(reporter_id=other.id, happened="Their barrier")
    make.sign_in(client, me)
    client.get("/en/account/data")
    answer = client.client.post("/en/account/data/copies", data={"csrf_token": client.token()})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.zip"'
    with ZipFile(BytesIO(answer.data)) as folder:
        files = {name: folder.read(name).decode() for name in folder.namelist()}
    account = json.loads(next(text for name, text in files.items() if name.startswith("account_user")))
    assert [row["email"] for row in account["rows"]] == ["me@example.org"]
    everything = "\n".join(files.values())
    assert "My barrier" in everything
    assert "Their barrier" not in everything and "other@example.org" not in everything
    assert "argon2" not in everything and "password_hash" not in everything and "token_hash" not in everything
    assert db.session.scalars(select(AuditEntry.verb)).all() == ["personal_data.copied"]


def test_what_proves_who_one_is_leaves_no_table(app: Flask):
    with app.app_context():
        for card in queries.cards():
            shown = [column.name for column in card.model.__table__.columns if not queries.SECRET.search(column.name)]
            assert not [name for name in shown if re.search(r"hash|secret|token|salt", name)], card.model.__tablename__


def test_a_copy_is_asked_for_by_a_form_and_not_too_often(client, make, rate_limits):
    make.sign_in(client, make.member())
    assert client.post("/en/account/data/copies", token=False).status == 400
    client.get("/en/account/data")
    answers = [
        client.client.post("/en/account/data/copies", data={"csrf_token": client.token()}).status_code for _ in range(6)
    ]
    assert answers == [200] * 5 + [429]
