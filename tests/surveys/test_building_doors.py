"""The builder's doors and inputs: who may enter, what may be typed, what may be uploaded."""

import io

import pytest

from civic.core.db import db
from civic.surveys.actions import building
from civic.surveys.queries import surveys as queries
from tests.support.client import PageClient
from tests.surveys.test_building import DAY, asked
from tests.surveys.xlsforms import workbook

BASE = "/en/staff/surveys"


@pytest.fixture
def researcher(make, client):
    person = make.staff("researcher")
    make.sign_in(client, person)
    return person


@pytest.fixture
def draft(researcher, now):
    beginning = building.Beginning({"en": "Parks"}, "parks", asked(), purpose={"en": "We plan benches."})
    survey = building.create_survey(beginning, by=researcher, now=now, closes_at=now + 900 * DAY)
    db.session.commit()
    return survey


PAGES = [
    "", "/new", "/import", "/parks", "/parks/settings", "/parks/sections/new", "/parks/sections/one", "/parks/sections/one/questions/new",
    "/parks/questions/a", "/parks/conditions/b", "/parks/parts/a/removal", "/parks/preview", "/parks/checklist", "/parks/dates",
    "/parks/closure", "/parks/reopening", "/parks/archive", "/parks/publication", "/parks/import", "/parks/draft/removal",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_in_every_direction(client, draft, path, language):
    assert client.get(f"/{language}/staff/surveys{path}").status == 200


@pytest.mark.parametrize("path", PAGES)
def test_members_and_other_staff_are_refused_and_visitors_shown_the_way_in(app, make, client, draft, path):
    for person, status in ((make.member(), 403), (make.staff("moderator"), 403), (None, 303)):
        other = PageClient(app)
        if person:
            make.sign_in(other, person)
        assert other.get(BASE + path).status == status


def test_nothing_is_done_for_those_who_may_not(app, make, client, draft):
    other = PageClient(app)
    make.sign_in(other, make.member())
    rules = [r for r in app.url_map.iter_rules() if r.endpoint.startswith("manage_surveys.") and "POST" in r.methods]
    assert len(rules) > 15
    for rule in rules:
        path = (
            rule.rule.replace("<lang:lang>", "en")
            .replace("<slug>", "parks")
            .replace("<key>", "a")
            .replace("<language>", "pl")
        )
        if "sections/" in path:
            path = path.replace("/a", "/one", 1)
        assert other.post(path).status == 403, rule


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/parks/questions/zz",
        "/parks/sections/a",
        "/parks/questions/one",
        "/parks/translations/fr",
        "/parks/preview?section=zz",
    ],
)
def test_what_is_not_there_is_404(client, draft, path):
    assert client.get(BASE + path).status == 404


NAUGHTY = [
    "<script>alert(1)</script>",
    "\u202egnp.exe",
    "''; DROP TABLE survey; --",
    "{{7*7}}",
    "../../etc/passwd",
    "\ufeff",
    "a\x00b",
    "ﷺ" * 40,
    "𝕿𝖊𝖘𝖙",
    "🏳️‍🌈",
    "%s%n%d",
]


@pytest.mark.parametrize("words", NAUGHTY)
def test_naughty_words_everywhere(client, draft, words):
    client.get(f"{BASE}/parks/sections/two/questions/new?kind=matrix")
    page = client.submit(
        "Save the question", text=f"x{words}", hint=words, rows=f"r{words}", options=f"o{words}\np{words}"
    )
    assert page.status == 303, page.errors
    client.follow()
    client.get(f"{BASE}/parks/checklist")
    client.get(f"{BASE}/parks/preview?section=two")
    client.get(f"{BASE}/parks/settings")
    client.submit("Save the settings", title=f"t{words}"[:140], summary=words, purpose=words)
    assert client.last.status == 303
    client.follow()
    client.get(BASE)


@pytest.mark.parametrize("kind", ["", "nonsense", "a\x00"])
def test_a_kind_that_does_not_exist_is_refused(client, draft, kind):
    assert client.post(f"{BASE}/parks/sections/two/questions", {"kind": kind, "text": "x"}).status == 404


@pytest.mark.parametrize("slug", ["Parks", "a b", "-x", "x--y", "parks", "ü", "a" * 90])
def test_a_bad_or_taken_address_is_said_at_its_field(client, draft, slug):
    client.get(f"{BASE}/new")
    page = client.submit("Create the survey", title="Another", slug=slug)
    assert page.status in (409, 422)
    assert "Another" in page.html


def test_an_upload_becomes_a_draft_with_a_report_that_is_inert(client, researcher):
    rows = [
        ("text", "name", "Your name?"),
        ("geopoint", "where", "<script>alert(1)</script>"),
        ("text", "x", "X?", "<img src=x onerror=alert(1)>"),
    ]
    data = workbook(rows, settings=[("form_title",), ("<b>Form</b>",)])
    client.get(f"{BASE}/import")
    form = {"file": (io.BytesIO(data), "<svg onload=alert(1)>.xlsx"), "csrf_token": client.token()}
    client.post(f"{BASE}/imports", form)
    page = client.follow()
    assert "geopoint" in page.text
    assert "<img src=x" not in page.html


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_a_bad_upload_changes_nothing_and_says_why(client, researcher, content):
    client.get(f"{BASE}/import")
    page = client.post(f"{BASE}/imports", {"file": (io.BytesIO(content), "x.xlsx"), "csrf_token": client.token()})
    assert page.status == 422
    assert "Nothing was imported" in page.text or "Select a file" in page.text
    assert queries.survey_by_slug("x") is None


def test_a_condition_with_characters_that_cannot_be_kept_is_cleaned(client, draft, now):
    from civic.surveys.rules.editing import edition
    from civic.surveys.rules.questionnaire import Question

    building.add_question(draft, "one", Question("t", "short_text", {"en": "T?"}), now=now)
    db.session.commit()
    mark = edition(building.working_version(queries.survey_by_slug("parks")).questionnaire.question("c"))
    typed = {"edition": mark, "act": "add", "question": "t", "comparison": "equals", "value": "a\x00b"}
    assert client.post(f"{BASE}/parks/conditions/c", typed).status == 303
