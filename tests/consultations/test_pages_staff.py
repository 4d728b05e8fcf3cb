"""What staff do with consultations, page by page: write one in steps, announce it, read, sort, write the outcome, sign."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from civic.consultations.models import Consultation, Document, Held, OnRecord, Update
from civic.core.clock import in_london
from civic.core.db import db

REASON = "The mayor asked for it, and we explain."
HOME = "/en/staff/consultations"

pytestmark = pytest.mark.usefixtures("at_noon")


def when(name, moment):
    here = in_london(moment)
    return {
        f"{name}-day": here.day,
        f"{name}-month": here.month,
        f"{name}-year": here.year,
        f"{name}-time": f"{here:%H:%M}",
    }


def only():
    db.session.expire_all()
    return db.session.scalars(select(Consultation)).one()


def test_a_consultation_from_its_first_words_to_its_announcement(as_, make, people, now):
    survey = make.words_survey(opens_at=now, closes_at=now + timedelta(days=120), title={"en": "Heat survey"})
    staff = as_(people[0])
    staff.get(f"{HOME}/new")
    staff.submit("Begin the draft", question="What should London do against the heat?")
    page = staff.follow()
    assert "things must be mended" in page.text
    home = page.path
    assert home == f"{HOME}/what-should-london-do-against-the-heat"
    for title, fields in (
        (
            "The question and its background",
            {"summary": "In short.", "background": "Summers **grow** hotter.", "boroughs": ["E09000012"]},
        ),
        ("What can and cannot change", {"can_change": "Where trees go.", "cannot_change": "The money."}),
        (
            "When it opens and closes",
            when("opens_at", now + timedelta(days=50)) | when("closes_at", now + timedelta(days=120)),
        ),
        ("Who answers and who decides", {"decision_maker": "Shirley Rodrigues", "contact": "Environment team"}),
        ("Effects on different people", {"equality_note": "Older people suffer most."}),
    ):
        staff.get(home)
        staff.click(title)
        staff.submit("Save and go on", fields)
        assert staff.follow().path == home, title
    staff.click("What people can take part in")
    staff.submit("Add it", activity=f"survey:{survey.id}")
    staff.follow()
    staff.get(home)
    staff.click("Documents")
    staff.submit(
        "Add the document",
        {
            "title": "Options",
            "kind": "options",
            "language": "pl",
            "published_on-day": "1",
            "published_on-month": "5",
            "published_on-year": "2026",
            "url": "https://example.org/options",
        },
    )
    staff.follow()
    staff.get(home)
    page = staff.click("Check list and announcement")
    assert not page.first("textarea")
    staff.submit("Announce the consultation")
    page = staff.follow()
    assert "Coming up" in page.text
    row = only()
    assert (row.status, row.boroughs, row.officer_id) == ("coming_up", ["E09000012"], people[0].id)
    assert staff.click("See the page").status == 200
    staff.get(home)
    staff.submit("Take it back to a draft")
    staff.follow()
    assert only().status == "draft"


def test_a_warning_asks_for_its_reason_keeps_what_was_typed_and_shows_it(as_, make, people, now):
    survey = make.words_survey(opens_at=now, closes_at=now + timedelta(days=60))
    facts = {"opens_at": now + timedelta(days=50), "closes_at": now + timedelta(days=60)}
    make.consultation("draft", holds=[survey], officer_id=people[0].id, slug="heat", **facts)
    db.session.commit()
    staff = as_(people[0])
    staff.get(f"{HOME}/heat/checklist")
    page = staff.submit("Announce the consultation", {"why-no_documents": "There is nothing to read yet, sorry."})
    assert page.status == 422
    assert "There is nothing to read yet, sorry." in page.html
    reasons = dict.fromkeys(("why-no_documents", "why-one_language", "why-short_run"), REASON)
    staff.submit("Announce the consultation", reasons)
    assert "The consultation is announced." in staff.follow().text
    assert {row.code for row in db.session.scalars(select(OnRecord))} == {"no_documents", "one_language", "short_run"}
    page = staff.get("/en/consultations/heat")
    assert "Reasons on record" in page.text
    assert REASON in page.text


def test_a_block_leaves_no_button(as_, make, people):
    make.consultation("draft", slug="heat", can_change="", officer_id=people[0].id)
    db.session.commit()
    page = as_(people[0]).get(f"{HOME}/heat/checklist")
    assert "Gunning principle 1" in page.text
    assert "Announce the consultation" not in page.text


def test_what_was_typed_comes_back_when_it_is_refused(as_, make, people):
    make.consultation("draft", slug="heat")
    db.session.commit()
    staff = as_(people[0])
    staff.get(f"{HOME}/heat/steps/question")
    page = staff.submit("Save and go on", question="", background="Kept as typed.")
    assert page.status == 422
    assert "Kept as typed." in page.html
    page = staff.submit("Save and go on", question="A question?", slug="feed")
    assert (page.status, page.error_of("slug")) == (422, "Error: Choose a different address: this one leads elsewhere.")


def test_dates_in_the_wrong_order_are_refused_at_their_field(as_, make, people, now):
    make.consultation("draft", slug="heat")
    db.session.commit()
    staff = as_(people[0])
    staff.get(f"{HOME}/heat/steps/dates")
    page = staff.submit(
        "Save and go on", when("opens_at", now + timedelta(days=9)) | when("closes_at", now + timedelta(days=8))
    )
    assert (page.status, page.errors[0]) == (422, "The closing date must be after the opening date.")


def test_somebody_elses_change_is_not_overwritten(as_, make, people):
    make.consultation("draft", slug="heat")
    db.session.commit()
    mine, theirs = as_(people[0]), as_(make.staff("researcher"))
    mine.get(f"{HOME}/heat/steps/change")
    theirs.get(f"{HOME}/heat/steps/change")
    mine.submit("Save and go on", can_change="Mine.")
    page = theirs.submit("Save and go on", can_change="Theirs.")
    assert (page.status, only().can_change) == (422, "Mine.")
    assert "Somebody else changed this" in page.text
    assert "Theirs." in page.html
    theirs.submit("Save and go on")
    assert theirs.follow().status == 200
    assert only().can_change == "Theirs."


def test_a_file_is_a_document_and_a_script_is_none(as_, make, people):
    make.consultation("draft", slug="heat")
    db.session.commit()
    staff = as_(people[0])
    fields = {"title": "Options", "published_on-day": "1", "published_on-month": "5", "published_on-year": "2026"}
    staff.get(f"{HOME}/heat/documents")
    page = staff.submit("Add the document", fields)
    assert page.error_of("url") == "Error: Enter a web address or choose a file, one of the two."
    page = staff.submit("Add the document", fields | {"file": [(io.BytesIO(b"<script>"), "a.pdf")]})
    assert page.error_of("file") == "Error: Choose a PDF, PNG or JPEG file."
    page = staff.submit("Add the document", fields | {"url": "ftp://example.org/a"})
    assert page.error_of("url") == "Error: Enter a web address that begins with https://"
    staff.submit("Add the document", fields | {"url": "", "file": [(io.BytesIO(b"%PDF-1.4 words"), "a.pdf")]})
    assert "The document was added." in staff.follow().text
    staff.submit("Remove Options")
    staff.follow()
    assert db.session.scalars(select(Document)).all() == []


def test_an_activity_of_another_consultation_is_not_offered(as_, make, people):
    taken, free = make.words_survey(title={"en": "Taken"}), make.words_survey(title={"en": "Free"})
    make.consultation("draft", holds=[taken])
    make.consultation("draft", slug="heat")
    db.session.commit()
    staff = as_(people[0])
    page = staff.get(f"{HOME}/heat/activities")
    assert "Taken" not in page.text
    assert staff.post(f"{HOME}/heat/activities", {"activity": f"survey:{taken.id}"}).status == 422
    staff.get(f"{HOME}/heat/activities")
    staff.submit("Add it", activity=f"survey:{free.id}")
    staff.follow()
    assert len(db.session.scalars(select(Held)).all()) == 2
    staff.submit("Take out Free")
    staff.follow()
    assert len(db.session.scalars(select(Held)).all()) == 1


@pytest.mark.parametrize(
    ("stage", "page", "button", "more", "after"),
    (
        ("open", "extension", "Give more time", {"closes_at": 70}, "open"),
        ("open", "closure", "Close it now", {}, "considering"),
        ("open", "withdrawal", "Withdraw it", {}, "withdrawn"),
        ("considering", "delay", "Publish the reason", {}, "considering"),
    ),
)
def test_acts_that_need_a_public_reason(as_, make, people, now, stage, page, button, more, after):
    facts = {"opens_at": now - timedelta(days=200), "closes_at": now - timedelta(days=100)} if page == "delay" else {}
    make.consultation(stage, slug="heat", **facts)
    db.session.commit()
    staff = as_(people[0])
    staff.get(f"{HOME}/heat/{page}")
    fields = {
        key: value for name, days in more.items() for key, value in when(name, now + timedelta(days=days)).items()
    }
    refused = staff.submit(button, fields | {"why": ""})
    assert (refused.status, refused.error_of("why")) == (422, "Error: Give the reason.")
    refused = staff.submit(button, fields | {"why": "no"})
    assert refused.error_of("why") == "Error: Give the reason in a sentence or two. Everybody can read it."
    staff.submit(button, fields | {"why": REASON})
    assert staff.follow().path == f"{HOME}/heat"
    assert only().status == after
    assert REASON in staff.get("/en/consultations/heat").text


def test_news_is_posted_and_read(as_, make, people):
    make.consultation("open", slug="heat")
    db.session.commit()
    staff = as_(people[0])
    staff.get(f"{HOME}/heat/updates")
    staff.submit("Publish the news", title="A walk", text="On *Sunday*.")
    staff.follow()
    assert db.session.scalars(select(Update)).one().by_id == people[0].id
    assert "A walk" in staff.get("/en/consultations/heat").text
