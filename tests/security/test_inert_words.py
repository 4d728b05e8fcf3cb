"""Cases 17, 18, 19, 21, 39: whatever people write, it is read as words, on every page, in every mail, in every warning."""

import io
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from civic.accounts.models import User
from civic.core.db import db
from tests.house.routes import addresses
from tests.make_surveys import EVERY_KIND, text
from tests.support.page import Page, elements
from tests.surveys.xlsforms import workbook

EVIL = (
    "<x-evil onclick=alert(1)>'\"><script>alert(2)</script><img src=x onerror=alert(3)><svg/onload=alert(4)>"
    "</textarea></title></option><iframe src=javascript:alert(5)>{{7*7*1915711}}${7*7*1915711}<%=7*7*1915711%>&#60;x-evil&#62;"
    "[a](javascript:alert(6))<!--<x-evil>--><a href=data:text/html,x>\u202e\u2066"
)
SAFE_SCHEMES = ("http", "https", "mailto", "tel", "")


def alive(page: Page) -> list[str]:
    """What in a page would run, load or lead astray."""
    faults = ["a template was run"] * ("93869839" in page.html)
    for element in elements(page.tree):
        if element.tag in ("x-evil", "iframe", "object", "embed", "base") or (
            element.tag == "script" and not element.get("src")
        ):
            faults.append(f"<{element.tag}>")
        for name, value in element.attrib.items():
            if name.startswith("on") or (name == "src" and value == "x"):
                faults.append(f"{element.tag} {name}={value[:40]}")
            if name in ("href", "src", "action", "formaction"):
                scheme = value.strip().partition(":")[0].lower() if ":" in value.split("/")[0] else ""
                if scheme not in SAFE_SCHEMES or value.startswith(("//", "/\\")):
                    faults.append(f"{element.tag} {name}={value[:60]}")
    return faults


def evil_definition() -> dict[str, Any]:
    """A questionnaire of every kind whose every word is an attack."""

    def poison(part: Any) -> Any:
        if isinstance(part, list):
            return [poison(each) for each in part]
        if isinstance(part, dict):
            return {
                key: text(EVIL)
                if key in ("text", "title", "intro", "hint", "unit")
                else {k: text(EVIL) for k in value}
                if key == "labels"
                else poison(value)
                for key, value in part.items()
            }
        return part

    sections = [each | {"key": f"part_{each['key']}"} for each in EVERY_KIND["sections"]]
    return poison(EVERY_KIND | {"sections": sections})


@pytest.fixture
def poisoned(make: Any, known: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The same house, with an attack wherever anybody may write."""
    words = {"title": text(EVIL), "summary": text(EVIL), "purpose": text(EVIL)}
    asked = make.survey(
        evil_definition(),
        slug="evil",
        imported={"file": EVIL, "left": [["survey", 3, EVIL, "unknown_type", EVIL]]},
        **words,
    )
    done = make.survey(evil_definition(), slug="evil-done", **words)
    make.responses(done, [{"cycles": "no", "why_not": EVIL[:200], "mode": {"other": EVIL[:200]}, "more": EVIL}] * 30)
    make.published(done)
    owner = make.member()
    owner.display_name, owner.display_name_folded = EVIL, "evil"
    organisation = make.organisation(owner=owner, name=EVIL, governance=EVIL, registration_number=EVIL)
    report = make.barrier(
        happened=EVIL, wanted=EVIL, page=EVIL, phone=EVIL, summary=EVIL, summary_published_at=make.now
    )
    db.session.commit()
    return known | {
        "slug": [asked.slug, done.slug],
        "user_id": [owner.id],
        "organisation_id": [organisation.id],
        "report_id": [report.id],
        "owner": [owner],
    }


@pytest.mark.parametrize("kind", ("visitor", "owner", "researcher", "administrator", "moderator"))
def test_what_was_written_is_read_and_never_run(app, arrive, poisoned, kind):
    client = arrive("member", poisoned["owner"][0]) if kind == "owner" else arrive(kind)
    client.post(
        "/en/surveys/evil/answers/part_streets",
        {"cycles": "no", "why_not": EVIL, "mode": "other", "mode-other": EVIL[:200]},
    )
    faults, seen = [], 0
    for address in addresses(app, "GET", poisoned, most=2):
        page = client.get(address.path)
        assert page.status < 500, address
        if page.is_html and page.status == 200:
            seen += "x-evil" in page.html
            faults += [f"{address}: {fault}" for fault in alive(page)]
    assert not faults, "\n".join(faults[:20])
    assert seen >= 3


def test_what_was_written_is_inert_in_mail(arrive, poisoned, make, outbox):
    evil, person = (
        "<x-evil onclick=alert(1)>'\"><img src=x onerror=alert(3)>[a](javascript:alert(6)){{7*7*1915711}}",
        make.member(),
    )
    number, owner = make.organisation(owner=person, name=evil).id, arrive("member", person)
    make.survey(slug="letters", title=text(evil))
    assert (
        owner.post(
            f"/en/account/organisations/{number}/invitations", {"email": "friend@example.org", "role": "editor"}
        ).status
        == 303
    )
    visitor = arrive("visitor")
    told = {"happened": evil, "contact_by": "email", "email": "reader@example.org"}
    assert visitor.post("/en/barrier-reports", told).status == 303
    visitor.post("/en/surveys/letters/answers/streets", {"cycles": "no"})
    assert visitor.post("/en/surveys/letters/draft-links", {"email": "reader@example.org"}).status == 303
    assert len(outbox()) == 3
    for message in outbox():
        page = visitor.get(f"/en/outbox/{message.id}/html")
        assert not alive(page) and "sandbox" in page.headers["Content-Security-Policy"]
        assert "\n" not in message.subject and "\n" not in message.to_address


ASKED = (
    "q",
    "at",
    "next",
    "status",
    "role",
    "verb",
    "thing",
    "thing_id",
    "actor",
    "new",
    "check",
    "show",
    "version",
    "email",
    "page",
    "after",
    "kind",
    "section",
    "lang",
    "words",
    "per_page",
    "verify",
    "_anchor",
)


@pytest.mark.parametrize("kind", ("visitor", "researcher", "administrator"))
def test_what_an_address_asks_for_is_given_back_as_words(app, arrive, known, kind):
    client, faults = arrive(kind), []
    query = "&".join(f"{name}={quote(EVIL)}" for name in ASKED)
    for address in addresses(app, "GET", known):
        page = client.get(f"{address.path}?{query}")
        assert page.status < 500, address
        if page.is_html:
            faults += [f"{address}: {fault}" for fault in alive(page)]
    for path in (
        f"/en/{quote(EVIL)}",
        f"/{quote(EVIL)}",
        f"/en/surveys/{quote(EVIL, safe='')}",
        f"/en/sign-in/link/{quote(EVIL, safe='')}",
    ):
        faults += [f"{path[:30]}: {fault}" for fault in alive(client.get(path))]
    assert not faults, "\n".join(faults)


def test_the_warnings_of_an_import_are_words(arrive, make):
    client = arrive("researcher")
    evil = EVIL.replace("\u202e", "").replace("\u2066", "")
    data = workbook(
        [
            ("text", "a", evil, evil, evil, evil, evil, evil, evil),
            (evil, "b", evil),
            ("calculate", "c", evil),
            ("text", "d", "D", "${zz} = " + evil),
        ],
        settings=[("form_title", "form_id"), (evil, evil)],
    )
    for name in NAMES:
        page = client.post(
            "/en/staff/surveys/imports", {"file": (io.BytesIO(data), name)}, content_type="multipart/form-data"
        )
        assert page.status in (303, 422) or (page.status < 500 and not name), (name, page.status)
        shown = client.follow() if page.location else page
        assert not alive(shown)


NAMES = (
    "../../../etc/passwd",
    "a\r\nSet-Cookie: x=1.xlsx",
    '"; filename="evil.exe',
    "\u202excod.xlsx",
    "x" * 300 + ".xlsx",
    "a\x00b.xlsx",
    "<img src=x onerror=alert(1)>.xlsx",
    "CON",
    "....//x.xlsx",
    "file.xlsx.exe",
    "%2e%2e%2f.xlsx",
)


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_an_upload_is_a_word_and_nothing_else(arrive, make, name):
    from civic.surveys.models.survey import Survey

    client = arrive("researcher")
    data = workbook([("text", "a", "A?"), ("calculate", "c", "C")])
    page = client.post(
        "/en/staff/surveys/imports", {"file": (io.BytesIO(data), name)}, content_type="multipart/form-data"
    )
    assert page.status in (303, 422), page.status
    if page.location:
        assert not alive(client.follow())
        survey = db.session.scalars(sa.select(Survey)).one()
        assert "/" not in survey.slug and ".." not in survey.slug and len(survey.imported["file"]) <= 80


def test_a_download_has_a_plain_name_whatever_the_survey_is_called(arrive, poisoned):
    for client, method, path in (
        (arrive("visitor"), "GET", "/en/surveys/evil-done/results.csv"),
        (arrive("researcher"), "POST", "/en/surveys/evil-done/exports"),
        (arrive("member"), "POST", "/en/account/data/copies"),
    ):
        page = client.get(path) if method == "GET" else client.post(path)
        assert page.status == 200
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["Content-Disposition"].isascii() and page.headers["Content-Disposition"].startswith(
            "attachment; filename="
        )


@pytest.mark.parametrize(
    "name",
    ("Friends\r\nBcc: everybody@example.org", "Fri\u202eends", "Fr\u200biends", "\u2067Friends\u2069", "Friends\x00"),
)
def test_the_name_of_an_organisation_is_one_visible_line(arrive, make, name):
    from civic.accounts.models import Organisation

    client = arrive("member")
    assert client.post("/en/account/organisations/new", {"name": name, "kind": "registered_charity"}).status == 303
    kept = db.session.scalars(sa.select(Organisation)).one().name
    assert kept.isprintable() and kept.startswith("Friends")


def test_an_address_that_folds_into_somebody_elses_is_another_or_none(arrive, make):
    make.member(email="kate@example.org")
    client = arrive("visitor")
    for email in ("kat\u0435@example.org", "kate@ex\u0430mple.org", "kate\u0000@example.org.", "k\u0131te@example.org"):
        client.post("/en/sign-in", {"email": email, "password": "kestrel-over-deptford-creek"})
        assert client.get("/en/account").status == 303, email
    assert db.session.scalar(sa.select(sa.func.count()).select_from(User)) == 1
