"""What everybody sees of consultations: stages, promises, lateness, the outcome, the report card, feeds, and one's own page."""

import csv
import io
from datetime import timedelta

import pytest

from civic.consultations.actions import life, linking, outcome, writing
from civic.consultations.queries import registry
from civic.core.db import db
from tests.support.sql import statements

REASON = "The mayor asked for it, and we explain."

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.fixture
def answered(make, people, now):
    survey = make.words_survey(status="closed")
    names = make.says(survey, "Trees at bus stops, please", person=people[2])
    names += make.says(survey, "A secret of somebody else")
    consultation = make.counted(make.consultation("considering", holds=[survey], slug="heat"))
    theme = make.outcome(consultation, by=people[0])
    linking.assign(
        consultation,
        names[:1],
        theme_id=theme.id,
        fate="not_taken_up",
        why="No money before 2028.",
        by=people[0],
        now=now,
    )
    outcome.submit(consultation, by=people[0], now=now)
    outcome.sign(consultation, by=people[1], now=now, edition=consultation.version_id)
    db.session.commit()
    return consultation


def test_the_list_shows_each_stage_and_no_draft(client, make):
    for stage in ("draft", "coming_up", "open", "considering", "answered", "withdrawn"):
        make.consultation(stage, question=f"A question that is {stage}?")
    db.session.commit()
    page = client.get("/en/consultations")
    for stage in ("coming_up", "open", "considering", "answered"):
        assert f"A question that is {stage}?" in page.text
    for stage in ("draft", "withdrawn"):
        assert f"A question that is {stage}?" not in page.text


@pytest.mark.parametrize("stage", ("coming_up", "open", "considering", "answered"))
def test_each_stage_has_its_whole_list_in_pages(client, make, now, stage):
    for number in range(23):
        shift = timedelta(minutes=number)
        facts = {"answered_at": now - timedelta(days=30) + shift} if stage == "answered" else {}
        opens = {"coming_up": 5, "open": -10, "considering": -60, "answered": -200}[stage]
        opens_at = now + timedelta(days=opens) + shift
        make.consultation(
            stage,
            opens_at=opens_at,
            closes_at=opens_at + timedelta(days=50),
            question=f"Question-{number}-here?",
            **facts,
        )
    db.session.commit()
    page = client.get(f"/en/consultations?stage={stage}")
    first = page.text
    second = client.click("Next page").text
    seen = [
        number
        for number in range(23)
        if (f"Question-{number}-here?" in first) != (f"Question-{number}-here?" in second)
    ]
    assert len(seen) == 23


@pytest.mark.parametrize("stage", ("coming_up", "open", "considering", "answered", "withdrawn"))
def test_a_consultation_says_what_can_change_who_decides_and_what_is_promised(client, make, stage):
    survey = make.words_survey()
    consultation = make.consultation(stage, holds=[survey], slug="heat")
    db.session.commit()
    page = client.get("/en/consultations/heat")
    assert consultation.question in page.h1
    for words in (
        "Which streets come first",
        "The money is fixed",
        "Shirley Rodrigues",
        "Within 12 weeks of closing",
        "Cleaner streets",
    ):
        assert words in page.text, words
    if stage == "withdrawn":
        assert "The money for it was cut." in page.text


def test_a_draft_is_there_for_researchers_only(client, make, as_, people):
    make.consultation("draft", slug="heat")
    db.session.commit()
    for reader, status in ((client, 404), (as_(people[2]), 404), (as_(people[1]), 404), (as_(people[0]), 200)):
        assert reader.get("/en/consultations/heat").status == status
        assert reader.get("/en/consultations/heat/feed").status == 404
    assert "preview" in as_(people[0]).get("/en/consultations/heat").text


def test_what_is_late_says_so_and_why_or_that_nobody_said_why(client, make, people, now):
    closes = now - timedelta(days=100)
    consultation = make.consultation("considering", opens_at=closes - timedelta(days=50), closes_at=closes, slug="heat")
    db.session.commit()
    page = client.get("/en/consultations/heat")
    assert "It is 16 days late." in page.text
    assert "No reason has been given." in page.text
    assert "Overdue" in client.get("/en/consultations").text
    life.explain_delay(consultation, "The figures were wrong and are counted anew.", by=people[0], now=now)
    db.session.commit()
    assert "The figures were wrong" in client.get("/en/consultations/heat").text


def test_a_change_of_dates_and_the_reasons_on_record_are_public(client, make, people, now):
    consultation = make.consultation("open", slug="heat")
    life.extend(consultation, consultation.closes_at + timedelta(days=7), why=REASON, by=people[0], now=now)
    db.session.commit()
    page = client.get("/en/consultations/heat")
    assert "More time was given" in page.text
    assert REASON in page.text


def test_the_page_opens_and_closes_by_the_clock_before_any_job_has_run(client, make, now, monkeypatch):
    consultation = make.consultation("coming_up", slug="heat")
    db.session.commit()
    for moment, words in (
        (consultation.opens_at - timedelta(minutes=1), "Opens on"),
        (consultation.opens_at, "days left"),
        (consultation.closes_at, "This consultation has closed."),
    ):
        monkeypatch.setattr("civic.core.clock.now", lambda moment=moment: moment)
        assert words in client.get("/en/consultations/heat").text


def test_a_survey_says_which_consultation_it_is_part_of(client, make):
    survey = make.words_survey()
    make.consultation("open", holds=[survey], question="What shall we do?")
    make.consultation("draft", holds=[make.words_survey(slug="hidden")], question="Not announced yet?")
    db.session.commit()
    assert "What shall we do?" in client.get(f"/en/surveys/{survey.slug}").text
    assert "Not announced yet?" not in client.get("/en/surveys/hidden").text


def test_the_outcome_is_there_once_it_was_signed(client, make, answered):
    make.consultation("considering", slug="later", outcome_summary="Not signed.")
    db.session.commit()
    assert client.get("/en/consultations/later/outcome").status == 404
    page = client.get("/en/consultations/heat/outcome")
    for words in (
        "You asked for shade. It comes.",
        "People want shade where they wait.",
        "MD2300",
        "Trees at bus stops come first.",
        "That is where people wait in the sun.",
    ):
        assert words in page.text, words
    for secret in ("Trees at bus stops, please", "A secret of somebody else", "No money before 2028."):
        assert secret not in page.text


def test_members_see_where_theirs_went_and_nobody_elses(as_, make, people, answered):
    page = as_(people[2]).get("/en/account/contributions")
    for words in ("Trees at bus stops, please", "Not taken up.", "No money before 2028.", "What came of it"):
        assert words in page.text, words
    assert "A secret of somebody else" not in page.text
    other = as_(make.member()).get("/en/account/contributions")
    assert "You have not given anything yet" in other.text
    assert "Trees at bus stops" not in other.text


def test_a_visitor_is_shown_the_way_in_to_their_own(client):
    page = client.get("/en/account/contributions")
    assert page.status in (302, 303)
    assert "/sign-in" in page.location


@pytest.mark.parametrize(
    ("stage", "words"),
    (
        ("open", "Nothing is decided yet."),
        ("considering", "It is being read."),
        ("withdrawn", "It was withdrawn, so there is no answer."),
        ("answered", "That is our failure"),
        (None, "This does not belong to a consultation"),
    ),
)
def test_it_is_honest_where_nothing_is_recorded(as_, make, people, stage, words):
    survey = make.words_survey()
    make.says(survey, "My words", person=people[2])
    if stage:
        make.consultation(stage, holds=[survey])
    db.session.commit()
    assert words in as_(people[2]).get("/en/account/contributions").text


def test_what_was_given_without_a_name_says_so(as_, make, people):
    survey = make.words_survey(anonymity="anonymous")
    make.says(survey, "My words", person=people[2])
    make.consultation("answered", holds=[survey])
    db.session.commit()
    page = as_(people[2]).get("/en/account/contributions")
    assert "You took part without a name." in page.text
    assert "My words" not in page.text


# Following.


def test_a_member_follows_and_leaves(as_, make, people):
    make.consultation("open", slug="heat")
    db.session.commit()
    member = as_(people[2])
    member.get("/en/consultations/heat")
    member.submit("Follow this consultation")
    assert "You follow this consultation." in member.follow().text
    member.submit("Stop following")
    assert "You no longer follow" in member.follow().text


def test_a_visitor_is_asked_to_sign_in_and_cannot_follow(client, make):
    make.consultation("open", slug="heat")
    db.session.commit()
    assert "Sign in to follow it" in client.get("/en/consultations/heat").text
    assert client.post("/en/consultations/heat/follow").status == 403


# The report card.


def test_the_report_card_and_its_file_tell_the_same(client, make, answered, now):
    closes = now - timedelta(days=100)
    make.consultation(
        "considering", opens_at=closes - timedelta(days=50), closes_at=closes, slug="late", given=8, question="Late?"
    )
    db.session.commit()
    page = client.get("/en/report-card")
    assert "10%" in page.text  # one of ten
    assert "16 days late" in page.text
    file = client.get("/en/report-card.csv")
    rows = list(csv.DictReader(io.StringIO(file.html.lstrip("\ufeff"))))
    assert [(row["consultation"], row["contributions"], row["contributions_with_a_recorded_fate"]) for row in rows] == [
        ("heat", "2", "1"), ("late", "8", "0"),
    ]  # fmt: skip
    assert (rows[0]["days_late"], rows[1]["days_late"]) == ("0", "16")


def test_the_report_card_begins_empty(client):
    assert "No consultation has closed yet" in client.get("/en/report-card").text


# Feeds, documents, and pages that a browser need not fetch twice.


def test_feeds_tell_what_is_public(client, make, people, now, answered):
    consultation = make.consultation("open", slug="open-one", question="Open one?")
    writing.post_update(consultation, title="A walk", text="On Sunday.", language="en", by=people[0], now=now)
    make.consultation("draft", question="Still a draft?")
    db.session.commit()
    feed = client.get("/en/consultations/feed", checked=False)
    for words in ("Open one?", "A walk", "/en/consultations/heat/outcome", "application/atom+xml"):
        assert words in feed.text or words in feed.headers["Content-Type"], words
    assert "Still a draft?" not in feed.text
    own = client.get("/en/consultations/open-one/feed", checked=False)
    assert "A walk" in own.text
    assert "heat" not in own.text


def test_a_document_of_ours_is_a_download_of_those_who_may_know_of_it(client, make, as_, people, now):
    from datetime import date

    from civic.core.files import keep_bytes

    for stage, slug in (("open", "heat"), ("draft", "hidden")):
        consultation = make.consultation(stage, slug=slug)
        file = keep_bytes(b"%PDF-1.4 words", name="plan.pdf", media_type="application/pdf", is_public=False, now=now)
        document = writing.add_document(
            consultation,
            kind="options",
            title="Options",
            language="pl",
            published_on=date(2026, 5, 1),
            file=file,
            by=people[0],
            now=now,
        )
        db.session.commit()
        path = f"/en/consultations/{slug}/documents/{document.id}"
        answer = client.get(path, checked=False)
        assert answer.status == (200 if stage == "open" else 404)
        assert as_(people[0]).get(path, checked=False).status == 200
        if stage == "open":
            assert "attachment" in answer.headers["Content-Disposition"]
            assert client.get(f"/en/consultations/other/documents/{document.id}").status == 404
            assert "Options" in client.get("/en/consultations/heat").text


def test_a_visitors_browser_need_not_fetch_a_page_twice(client, make, people, now, answered):
    consultation = make.consultation("open", slug="cool")
    db.session.commit()
    for path in (
        "/en/consultations",
        "/en/consultations/cool",
        "/en/consultations/heat/outcome",
        "/en/report-card",
        "/en/consultations/feed",
    ):
        first = client.get(path, checked=False)
        tag = first.headers["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}, checked=False).status == 304, path
    tag = client.get("/en/consultations/cool").headers["ETag"]
    writing.post_update(consultation, title="A walk", text="On Sunday.", language="en", by=people[0], now=now)
    db.session.commit()
    assert client.get("/en/consultations/cool", headers={"If-None-Match": tag}).status == 200


def asked(client, path):
    assert client.get(path).status == 200, path
    with statements() as sent:
        client.get(path)
    return sent


def test_pages_ask_little_however_much_there_is(client, as_, make, people, now, answered):
    surveys = [make.words_survey() for _ in range(8)]
    for each in surveys:
        make.says(each, "More", person=people[2])
    crowded = make.consultation("open", holds=surveys, slug="crowded")
    for number in range(8):
        writing.post_update(crowded, title=f"News {number}", text="Text.", language="en", by=people[0], now=now)
        for stage in ("open", "coming_up", "considering"):
            make.consultation(stage)
    db.session.commit()
    asked(client, "/en/consultations").at_most(4)
    asked(client, "/en/consultations?stage=open").at_most(1)
    asked(client, "/en/consultations/crowded").at_most(7)
    asked(client, "/en/consultations/heat/outcome").at_most(5)
    asked(client, "/en/report-card").at_most(1)
    asked(client, "/en/consultations/feed").at_most(2)
    member = as_(people[2])
    asked(member, "/en/consultations/crowded").at_most(9)
    kinds = len(registry.contribution_kinds())
    asked(member, "/en/account/contributions").at_most(7 + kinds)
