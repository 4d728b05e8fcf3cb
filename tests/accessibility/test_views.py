"""What everybody sees: preferences that stay, a statement, a form for barriers, a register."""

import pytest
from sqlalchemy import func, select

from civic.accessibility.models import BarrierReport
from civic.core.db import db
from tests.support.sql import statements

LANGUAGES = ("en", "pl", "ar", "xx")
NAUGHTY = [
    "<script>alert(1)</script>", "'; DROP TABLE barrier_report; --", "\u202eevil", "ﷺ" * 50, "{{ 7*7 }}", "%(number)s %s", "\x00nul",
    "𝕋𝕖𝕤𝕥 👩🏽‍🦽 ‏عربي", "a\r\nBcc: x@example.org",
]  # fmt: skip
FILLED = {"happened": "The button has no name.", "contact_by": "nothing"}


def reports() -> list[BarrierReport]:
    return list(db.session.scalars(select(BarrierReport).order_by(BarrierReport.id)))


def html_of(page) -> dict[str, str]:
    return dict(page.first("html").attrib)


def cookies(client) -> set[str]:
    return {name for name in ("display", "language") if client.client.get_cookie(name)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["preferences", "accessibility-statement", "barrier-reports", "barrier-reports/new"])
def test_every_page_is_as_pages_must_be_in_every_language(client, language, path):
    assert client.get(f"/{language}/{path}").status == 200


# --- preferences ------------------------------------------------------------------------------------------------


def test_looking_at_preferences_keeps_nothing(client):
    client.get("/en/preferences")
    assert cookies(client) == set()


def test_a_visitor_s_choices_are_kept_in_the_browser_and_shown_on_every_page(client):
    client.get("/en/preferences")
    client.submit("Show me the site like this", text="150", theme="contrast-dark", links="strong", view="simple")
    page = client.follow()
    assert "Saved" in page.text
    root = html_of(client.get("/en/accessibility-statement"))
    assert (root["data-text"], root["data-theme"], root["data-links"], root["data-view"]) == (
        "150",
        "contrast-dark",
        "strong",
        "simple",
    )
    assert "data-font" not in root
    again = client.get("/en/preferences")
    assert again.first("input", name="text", value="150").get("checked") is not None


def test_going_back_to_the_start_leaves_no_cookie(client):
    client.get("/en/preferences")
    client.submit("Show me the site like this", text="150")
    client.follow()
    client.submit("Show me the site like this", text="100")
    assert "display" not in cookies(client)


def test_a_member_s_choices_follow_the_account_and_not_the_browser(client, make):
    member = make.member()
    make.sign_in(client, member)
    client.get("/en/preferences")
    client.submit("Show me the site like this", theme="cream", language="pl")
    assert client.last.location.startswith("/pl/")
    assert cookies(client) == set()
    db.session.refresh(member)
    assert (member.preferences["display"], member.language) == ("theme:cream", "pl")
    assert html_of(client.get("/en/privacy"))["data-theme"] == "cream"


def test_a_member_who_chose_the_start_is_not_shown_the_browser_s_choice(client, make):
    client.get("/en/preferences")
    client.submit("Show me the site like this", theme="cream")
    member = make.member()
    make.sign_in(client, member)
    assert html_of(client.get("/en/preferences"))["data-theme"] == "cream"
    client.submit("Show me the site like this", theme="device")
    assert "data-theme" not in html_of(client.get("/en/preferences"))


def test_preferences_cost_no_statement(client, make):
    client.client.set_cookie("display", "text:150")
    with statements() as seen:
        client.get("/en/cookies")
    seen.at_most(0)
    make.sign_in(client, make.member())
    with statements() as seen:
        client.get("/en/cookies")
    seen.at_most(1)


@pytest.mark.parametrize(
    "forged", ["text:175", 'text:150" onload="alert(1)', "theme:url(x)", "x" * 4000, "text:150.text:999"]
)
def test_a_forged_cookie_reaches_no_page(client, forged):
    client.client.set_cookie("display", forged)
    page = client.get("/en/cookies")
    assert {name for name in html_of(page) if name.startswith("data-")} <= set()


def test_a_choice_that_is_not_offered_is_refused(client):
    page = client.post("/en/preferences", {"text": "9000", "theme": "light", "language": "en"})
    assert page.status == 422
    assert cookies(client) == set()


@pytest.mark.parametrize("evil", [
    "//evil.example", "https://evil.example", "/\\evil.example", "/%09/evil", "javascript:alert(1)", "/\t/evil",
])  # fmt: skip
def test_nobody_is_sent_to_another_site(client, evil):
    data = {
        "text": "125",
        "theme": "device",
        "spacing": "normal",
        "font": "default",
        "links": "normal",
        "view": "full",
        "language": "en",
    }
    page = client.post("/en/preferences", data | {"next": evil})
    assert page.status == 303
    assert page.location in ("/en/preferences", "/%09/evil")


def test_one_goes_back_to_the_page_one_came_from_in_the_new_language(client):
    client.get("/en/preferences?next=/en/privacy")
    client.submit("Show me the site like this", language="pl")
    assert client.last.location == "/pl/privacy"


def test_shown_differently_means_another_page_to_keep(client):
    plain = client.get("/en/cookies").headers["ETag"]
    client.client.set_cookie("display", "text:150")
    assert client.get("/en/cookies").headers["ETag"] != plain


# --- the statement ----------------------------------------------------------------------------------------------


def test_the_statement_has_the_parts_that_the_regulations_ask_for(client, make):
    make.barrier()
    make.barrier(status="fixed")
    db.session.commit()
    page = client.get("/en/accessibility-statement")
    for said in (
        "is committed to making its website accessible, in accordance with the Public Sector Bodies",
        "partially compliant with the Web Content Accessibility Guidelines version 2.2 AA standard",
        "The Equality and Human Rights Commission (EHRC) is responsible for enforcing",
        "This statement was prepared on",
        "was last tested on",
        "Today 1 report waits",
    ):
        assert said in page.text
    assert {"/en/barrier-reports/new", "/en/barrier-reports", "/en/preferences"} <= {link.href for link in page.links}


# --- barriers ---------------------------------------------------------------------------------------------------


def test_anybody_reports_a_barrier_and_finds_it_in_the_register(client, outbox):
    client.get("/en/barrier-reports/new?page=/en/surveys")
    page = client.submit("Send my report", FILLED | {"contact_by": "email", "email": "reader@example.org"})
    page = client.follow()
    assert "Thank you" in page.text and "Received" in page.text
    (report,) = reports()
    assert (report.page, report.status, report.email, report.language) == (
        "/en/surveys",
        "received",
        "reader@example.org",
        "en",
    )
    assert [message.name for message in outbox()] == ["accessibility/barrier_report_received"]
    assert f"Report {report.id}" in client.get("/en/barrier-reports").text


def test_the_public_pages_say_nothing_of_what_was_written(client, make):
    report = make.barrier(happened="I am Ada and my number is 07700 900123")
    db.session.commit()
    for path in (f"/en/barrier-reports/{report.id}", "/en/barrier-reports"):
        page = client.get(path)
        assert "Ada" not in page.text and "reader@example.org" not in page.text


def test_a_published_summary_is_shown_to_everybody(client, make, now):
    report = make.barrier(status="fixed")
    report.summary, report.summary_published_at, report.answered_at = "A button without a name.", now, now
    db.session.commit()
    assert "A button without a name." in client.get(f"/en/barrier-reports/{report.id}").text
    assert "A button without a name." in client.get("/en/barrier-reports").text


@pytest.mark.parametrize(("typed", "said"), [
    ({"happened": ""}, "Tell us what happened."),
    ({"happened": "x" * 5001}, "Use 5000 characters or fewer."),
    ({"contact_by": ""}, "Choose how we should tell you"),
    ({"contact_by": "pigeon"}, ""),
    ({"contact_by": "email", "email": ""}, "Enter your email address"),
    ({"contact_by": "email", "email": "nobody"}, "correct format"),
    ({"contact_by": "phone", "phone": "ring me"}, "Enter a phone number"),
])  # fmt: skip
def test_what_cannot_be_taken_is_said_at_the_field_and_nothing_typed_is_lost(client, typed, said):
    page = client.post("/en/barrier-reports", FILLED | {"wanted": "Find the survey"} | typed)
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert said in page.text
    assert "Find the survey" in page.text
    assert reports() == []


def test_an_address_is_not_kept_where_it_is_not_needed(client):
    client.post(
        "/en/barrier-reports",
        FILLED | {"contact_by": "nothing", "email": "reader@example.org", "phone": "020 7946 0000"},
    )
    (report,) = reports()
    assert (report.email, report.phone) == ("", "")


@pytest.mark.parametrize("naughty", NAUGHTY)
def test_naughty_words_are_kept_as_typed_and_do_nothing(client, make, naughty):
    page = client.post("/en/barrier-reports", FILLED | {"happened": naughty, "page": naughty[:400], "wanted": naughty})
    assert page.status == 303
    make.sign_in(client, make.staff("moderator"))
    (report,) = reports()
    shown = client.get(f"/en/staff/barrier-reports/{report.id}")
    assert shown.status == 200 and client.get("/en/staff/barrier-reports").status == 200


def test_a_machine_is_thanked_and_forgotten(client):
    page = client.post("/en/barrier-reports", FILLED | {"website": "https://spam.example"})
    assert page.status == 303
    assert reports() == []


@pytest.mark.parametrize("page", ["//evil.example/x", "https://evil.example", "/\\evil", "javascript:alert(1)"])
def test_only_a_page_of_ours_is_filled_in(client, page):
    form = client.get(f"/en/barrier-reports/new?page={page}").first("input", name="page")
    assert form.get("value") == ""


def test_an_eleventh_report_in_an_hour_is_too_many(client, rate_limits):
    answers = [client.post("/en/barrier-reports", FILLED).status for _ in range(11)]
    assert answers == [303] * 10 + [429]


@pytest.mark.parametrize("path", ["/en/barrier-reports/999999", "/en/barrier-reports/99999999999999999999999"])
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(path).status == 404


def test_a_forged_mark_in_the_register_is_refused(client):
    assert client.get("/en/barrier-reports?at=AAAA").status == 400


def test_the_register_is_cut_into_pages(client, make):
    for _ in range(30):
        make.barrier()
    db.session.commit()
    with statements() as seen:
        page = client.get("/en/barrier-reports")
    seen.at_most(2)
    assert len(page.all(class_="civic-row")) == 25
    assert len(client.click("Next page").all(class_="civic-row")) == 5


# --- staff ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["researcher", "funds_officer", "finance_officer", None])
def test_reports_are_for_those_who_answer_them(client, make, role):
    report = make.barrier()
    make.sign_in(client, make.staff(role) if role else make.member())
    for path in ("/en/staff/barrier-reports", f"/en/staff/barrier-reports/{report.id}"):
        assert client.get(path).status == 403
    assert client.post(f"/en/staff/barrier-reports/{report.id}/answers", {"verb": "look", "why": "x"}).status == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_staff_walk_a_report_from_received_to_fixed(client, make, outbox, language):
    report = make.barrier()
    make.sign_in(client, make.staff("moderator"))
    client.get(f"/{language}/staff/barrier-reports")
    address = f"/{language}/staff/barrier-reports/{report.id}"
    for verb, status in (("look", "looking"), ("fix", "fixed"), ("reopen", "looking"), ("keep", "known_problem")):
        assert client.post(f"{address}/answers", {"verb": verb, "why": "We gave the button a name."}).status == 303
        client.follow()
        db.session.refresh(report)
        assert report.status == status
    assert len(outbox()) == 4
    assert client.post(f"{address}/summary", {"summary": "A button", "published": "y", "language": "en"}).status == 303
    db.session.refresh(report)
    assert report.public_summary == "A button"


@pytest.mark.parametrize(
    "typed", [{"verb": "fix", "why": "x"}, {"verb": "look", "why": ""}, {"verb": "delete", "why": "x"}, {}]
)
def test_a_stale_or_empty_answer_changes_nothing(client, make, typed):
    report = make.barrier()
    make.sign_in(client, make.staff("moderator"))
    client.get(f"/en/staff/barrier-reports/{report.id}")
    assert client.post(f"/en/staff/barrier-reports/{report.id}/answers", typed).status == 422
    assert (
        db.session.scalar(select(func.count()).select_from(BarrierReport).where(BarrierReport.status != "received"))
        == 0
    )


def test_nothing_is_published_without_words(client, make):
    report = make.barrier()
    make.sign_in(client, make.staff("moderator"))
    client.get(f"/en/staff/barrier-reports/{report.id}")
    assert (
        client.post(f"/en/staff/barrier-reports/{report.id}/summary", {"summary": "", "published": "y"}).status == 422
    )
