"""The staff console: for staff alone; tasks by role; health; an audit log that proves itself."""

import pytest
from sqlalchemy import text

from civic.core import audit, mail
from civic.core.db import db
from tests.support.sql import statements

LANGUAGES = ("en", "pl", "ar", "xx")
PAGES = ("/staff", "/staff/health", "/staff/audit")


@pytest.mark.parametrize("path", PAGES)
def test_visitors_are_shown_the_way_in_and_members_are_refused(client, make, path):
    assert client.get(f"/en{path}").status == 303
    make.sign_in(client, make.member())
    assert client.get(f"/en{path}").status == 403


@pytest.mark.parametrize("path", PAGES)
def test_staff_who_have_not_passed_the_second_step_do_not_come_in(client, make, path):
    make.sign_in(client, make.administrator(), second_step=False)
    page = client.get(f"/en{path}")
    assert page.status == 303 and "/staff" not in page.location.split("?")[0]


@pytest.mark.parametrize("path", PAGES[1:])
def test_health_and_audit_are_for_administrators(client, make, path):
    make.sign_in(client, make.staff("researcher", "moderator"))
    assert client.get(f"/en{path}").status == 403


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [*PAGES, "/staff/health?check=yes", "/staff/audit?verify=yes&verb=role"])
def test_every_page_is_as_pages_must_be_in_every_language(client, make, in_request, now, language, path):
    staff = make.administrator()
    audit.record(
        "role.granted",
        on=staff,
        by=staff,
        now=now,
        why="<b>because</b>",
        before={"roles": []},
        after={"roles": ["<x>"]},
    )
    make.sign_in(client, staff)
    assert client.get(f"/{language}{path}").status == 200


def test_what_waits_comes_first(client, make):
    make.barrier()
    make.barrier()
    make.sign_in(client, make.staff("moderator"))
    page = client.get("/en/staff")
    assert "2 waiting" in page.text
    assert "Audit log" not in page.text


def test_a_researcher_is_not_shown_what_is_not_theirs(client, make):
    make.barrier()
    make.sign_in(client, make.staff("researcher"))
    page = client.get("/en/staff")
    assert "Barrier reports" not in page.text and "Surveys" in page.text


def test_only_staff_have_the_staff_link(client, make):
    assert "/en/staff" not in [link.href for link in client.get("/en/").links]
    make.sign_in(client, make.staff("researcher"))
    assert "/en/staff" in [link.href for link in client.get("/en/").links]


def test_health_tells_of_jobs_given_up_and_mail_that_waits(client, make, in_request, now):
    message = mail.send(
        "accessibility/barrier_report_received", to="a@example.org", language="en", now=now, report=make.barrier()
    )
    message.kept = False
    db.session.execute(
        text(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('default', 'surveys.recount', 'failed')"
        )
    )
    make.sign_in(client, make.administrator())
    page = client.get("/en/staff/health")
    assert "1 job was given up" in page.text and "surveys.recount" in page.text
    assert "megabytes" in page.text


def test_the_log_is_searched_by_what_by_whom_and_to_what(client, make, in_request, now):
    one, other = make.administrator(), make.administrator()
    audit.record("role.granted", on=("survey", 5), by=one, now=now)
    audit.record("survey.closed", on=("survey", 7), by=other, now=now)
    make.sign_in(client, one)
    for query, there, gone in (
        ("verb=closed", "survey.closed", "role.granted"),
        ("thing=survey&thing_id=5", "role.granted", "survey.closed"),
        (f"actor={other.id}", "survey.closed", "role.granted"),
    ):
        page = client.get(f"/en/staff/audit?{query}")
        codes = " ".join(each.text or "" for each in page.all("code"))
        assert there in codes and gone not in codes


@pytest.mark.parametrize(
    "query", ["actor=abc", "actor=99999999999999999999", "verb=%25", "verb=_", "thing=';--", "actor=-1"]
)
def test_a_strange_search_finds_nothing_and_breaks_nothing(client, make, in_request, now, query):
    staff = make.administrator()
    audit.record("role.granted", on=staff, by=staff, now=now)
    make.sign_in(client, staff)
    page = client.get(f"/en/staff/audit?{query}")
    assert page.status == 200
    assert "role.granted" not in " ".join(each.text or "" for each in page.all("code"))


def test_a_log_that_was_changed_says_so(client, make, in_request, now):
    staff = make.administrator()
    audit.record("role.granted", on=staff, by=staff, now=now)
    db.session.commit()
    db.session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only"))
    db.session.execute(text("UPDATE audit_entry SET why = 'another reason' WHERE verb = 'role.granted'"))
    make.sign_in(client, staff)
    assert "The log was changed after it was written" in client.get("/en/staff/audit").text


def test_the_log_is_cut_into_pages_and_costs_the_same_whatever_its_length(client, make, in_request, now):
    staff = make.administrator()
    for _ in range(30):
        audit.record("role.granted", on=staff, by=staff, now=now)
    make.sign_in(client, staff)
    with statements() as seen:
        client.get("/en/staff/audit")
    seen.at_most(4)
    page = client.click("Next page")
    assert len(page.all("tr")) == 6


def test_the_outbox_shows_what_was_sent_and_links_work(client, make, in_request, now):
    message = mail.send(
        "accessibility/barrier_report_received", to="a@example.org", language="ar", now=now, report=make.barrier()
    )
    db.session.commit()
    for language in LANGUAGES:
        assert client.get(f"/{language}/outbox").status == 200
        assert client.get(f"/{language}/outbox/{message.id}").status == 200
