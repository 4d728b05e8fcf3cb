"""The public register of barriers, its feed, and the statement that is made from it."""

from datetime import timedelta

from civic.core.db import db


def test_the_register_is_filtered_by_state_and_says_how_many_stand_where(client, make, now):
    for status in ("received", "looking", "fixed", "fixed", "known_problem"):
        report = make.barrier(status=status, created_at=now - timedelta(days=6))
        report.answered_at = None if report.is_open else now
    db.session.commit()
    page = client.get("/en/barrier-reports")
    for words in ("All (5)", "Not answered yet (2)", "Fixed (2)", "Known problem (1)", "Not a barrier (0)"):
        assert words in page.text
    assert "6 days until half of them had an answer" in page.text
    for status, count in (("open", 2), ("fixed", 2), ("known_problem", 1), ("not_a_barrier", 0), ("nonsense", 5)):
        page = client.get(f"/en/barrier-reports?status={status}")
        assert len(page.all(class_="civic-row")) == count, status


def test_a_report_that_waits_too_long_is_late_in_public(client, make, now, monkeypatch):
    monkeypatch.setattr("civic.core.clock.now", lambda: now)
    late, fresh = make.barrier(created_at=now - timedelta(days=16)), make.barrier(created_at=now - timedelta(days=1))
    db.session.commit()
    page = client.get("/en/barrier-reports")
    assert "an answer was promised by 21 November 2026" not in page.text
    assert "an answer was promised by 20 November 2026" in page.text
    assert "an answer is promised by 4 December 2026" in page.text
    assert "Our answer is late. We are sorry." in client.get(f"/en/barrier-reports/{late.id}").text
    assert "Our answer is late" not in client.get(f"/en/barrier-reports/{fresh.id}").text


def test_a_report_tells_its_dates_and_never_why_or_by_whom(client, make, now):
    report = make.barrier()
    make.sign_in(client, make.staff("moderator", name="Mo Farrow"))
    for verb in ("look", "fix"):
        client.post(f"/en/staff/barrier-reports/{report.id}/answers", {"verb": verb, "why": "Ada rang us about it."})
    client.post("/en/sign-out")
    page = client.get(f"/en/barrier-reports/{report.id}")
    assert "What happened when" in page.text and "We are looking into it" in page.text and "Fixed" in page.text
    assert "Ada" not in page.text and "Mo Farrow" not in page.text


def test_the_feed_tells_what_happened_last_first(client, make, now):
    old = make.barrier(status="fixed", created_at=now - timedelta(days=9))
    old.answered_at, old.summary, old.summary_published_at, old.summary_language = now, "أُصلح الزر.", now, "ar"
    make.barrier(created_at=now - timedelta(days=1))
    db.session.commit()
    page = client.get("/en/barrier-reports/feed", checked=False)
    assert page.html.index(f"Barrier report {old.id}: Fixed") < page.html.index("Nobody has looked at it yet.")
    assert '<entry xml:lang="ar">' in page.html


def test_a_known_problem_stands_in_the_statement_until_it_is_mended(client, make, now):
    report = make.barrier(status="known_problem", answered_at=now)
    make.sign_in(client, make.staff("moderator"))
    client.get(f"/en/staff/barrier-reports/{report.id}")
    told = {"summary": "Mapa nie ma opisu.", "language": "pl", "meanwhile": "Zobacz tabelę.", "criterion": "1.1.1"}
    day = {"fix_by-day": "31", "fix_by-month": "3", "fix_by-year": "2027"}
    page = client.submit("Save the summary", told | day | {"published": True, "criterion": "eleven"})
    assert page.status == 422 and "Enter three numbers with dots between them" in page.text
    assert "Zobacz tabelę." in page.text
    client.submit("Save the summary", told | day | {"published": True})
    page = client.get("/en/accessibility-statement")
    assert '<span lang="pl" dir="ltr">Mapa nie ma opisu.</span>' in page.html
    assert "1.1.1" in page.text and "31 March 2027" in page.text and "Zobacz tabelę." in page.text
    client.post(f"/en/staff/barrier-reports/{report.id}/answers", {"verb": "fix", "why": "It has one now."})
    assert "Mapa nie ma opisu." not in client.get("/en/accessibility-statement").text


def test_the_statement_has_every_part_of_the_model(client):
    page = client.get("/en/accessibility-statement")
    for heading in (
        "How accessible this site is", "Non-compliance with the accessibility regulations", "Disproportionate burden",
        "Content that is not within the scope of the regulations", "What we are doing to improve accessibility",
        "Tell us about a barrier", "If you are not happy with our answer", "How we tested", "When this statement was written",
    ):  # fmt: skip
        assert heading in page.text
    assert "The test was carried out by" in page.text and "runs this website" in page.text
