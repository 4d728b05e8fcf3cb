"""What staff make by hand: checked before everybody sees it, fixed once they do; and what they see of the machinery."""

from io import BytesIO

import pytest
from sqlalchemy import func, select

from civic.core.db import db
from civic.core.files import StoredFile
from civic.formats import rules, tools
from civic.formats.advising import advise
from civic.formats.models import FormatFile, Point, Slot
from tests.crowdfund.pictures import CAPTIONS, jpeg, mp4
from tests.make_formats import mp3

STAFF = ("researcher", "funds_officer", "challenge_manager", "administrator")


@pytest.fixture
def survey(make):
    return make.survey()


@pytest.fixture
def desk(client, make):
    make.sign_in(client, make.staff("researcher"))
    return client


def only_slot() -> Slot:
    return db.session.scalars(select(Slot).execution_options(populate_existing=True)).one()


def begin(desk, survey, kind):
    desk.get(f"/en/staff/formats/survey/{survey.id}")
    desk.submit("Begin", kind=kind, language="en")
    return desk.follow()


def sent(data: bytes, name: str) -> list[tuple[BytesIO, str]]:
    return [(BytesIO(data), name)]


def files() -> int:
    return db.session.scalar(select(func.count(StoredFile.id)))


@pytest.mark.parametrize("language", ["en", "pl", "ar", "xx"])
def test_the_pages_are_as_pages_must_be_in_every_language(client, make, in_request, survey, language):
    about = f"survey:{survey.id}"
    make.sign_in(client, make.staff("researcher"))
    make.format_file(about, status="failed")
    make.format_file(about, "epub")
    ids = [make.slot(about).id, make.slot(about, "audio", status="draft").id, make.slot(about, "sign_language").id]
    for path in ("", f"/survey/{survey.id}", *(f"/by-hand/{number}" for number in ids)):
        assert client.get(f"/{language}/staff/formats{path}").status == 200


@pytest.mark.parametrize("role", ["member", "moderator", "approver", *STAFF])
def test_those_who_run_activities_may_and_nobody_else(client, make, survey, role):
    make.sign_in(client, make.member() if role == "member" else make.staff(role))
    wanted = 200 if role in STAFF else 403
    assert client.get("/en/staff/formats").status == wanted
    assert client.get(f"/en/staff/formats/survey/{survey.id}").status == wanted


def test_easy_read_is_made_point_by_point_and_published(desk, client, survey):
    page = begin(desk, survey, "easy_read")
    assert "Add at least one point." in page.text and "Publish it" not in page.text
    desk.submit(
        "Add the point",
        text="We ask about your street.\nYou can say what you like.",
        picture=[(jpeg(), "a.jpg")],
        alt="A street",
    )
    desk.follow()
    desk.submit("Publish it")
    assert "Published. Everybody sees it" in desk.follow().text
    page = client.get(f"/en/formats/survey/{survey.id}")
    assert "Easy Read" in page.text
    page = client.get(f"/en/formats/by-hand/{only_slot().id}")
    assert "You can say what you like." in page.text and page.first("img", alt="A street") is not None


@pytest.mark.parametrize("missing", ["text", "alt", "picture"])
def test_a_point_without_text_picture_or_words_for_it_comes_back_as_typed(desk, survey, missing):
    begin(desk, survey, "easy_read")
    typed = {"text": "We ask.", "alt": "A street", "picture": [(jpeg(), "a.jpg")]}
    page = desk.submit("Add the point", {name: value for name, value in typed.items() if name != missing})
    assert page.status == 422 and page.errors
    assert db.session.scalar(select(func.count(Point.id))) == 0


def test_a_long_sentence_is_remarked_and_not_refused(desk, survey):
    begin(desk, survey, "easy_read")
    long = "This is one sentence that goes on and on until nobody remembers any more how it once began."
    desk.submit("Add the point", text=long, picture=[(jpeg(), "a.jpg")], alt="A street")
    page = desk.follow()
    assert "One sentence is long for Easy Read" in page.text and db.session.scalar(select(func.count(Point.id))) == 1


def test_points_are_ordered_and_removed_with_their_pictures(desk, survey):
    begin(desk, survey, "easy_read")
    for words in ("First", "Second", "Third"):
        desk.submit("Add the point", text=words, picture=[(jpeg(), "a.jpg")], alt=words)
        desk.follow()
    slot, before = only_slot(), files()
    points = {point.text: point.id for point in db.session.scalars(select(Point))}
    desk.post(f"/en/staff/formats/by-hand/{slot.id}/points/{points['Third']}/place")
    desk.post(f"/en/staff/formats/by-hand/{slot.id}/points/{points['First']}/removal")
    assert list(db.session.scalars(select(Point.text).order_by(Point.position))) == ["Third", "Second"]
    assert files() == before - 1
    assert desk.post(f"/en/staff/formats/by-hand/{slot.id}/points/{points['First']}/removal").status == 404


def test_a_recording_needs_its_transcript(desk, client, survey):
    begin(desk, survey, "audio")
    desk.submit("Save", media=sent(mp3(), "read.mp3"))
    page = desk.follow()
    assert "Add a transcript." in page.text
    slot = only_slot()
    assert desk.post(f"/en/staff/formats/by-hand/{slot.id}/publication").status == 422
    desk.get(f"/en/staff/formats/by-hand/{slot.id}")
    desk.submit("Save", transcript="We ask about your street.")
    desk.follow()
    desk.submit("Publish it")
    page = client.get(f"/en/formats/by-hand/{slot.id}")
    assert page.first("audio") is not None and "We ask about your street." in page.text
    sound = client.get(page.first("audio").get("src"), headers={"Range": "bytes=0-99"})
    assert sound.status == 206 and sound.headers["Content-Type"].startswith("audio/mpeg")


@pytest.mark.parametrize("data", [b"ID3\x04\x00\x00\x00\x00\x00\x00not a sound", b"%PDF-1.7", b"\xff\xfb" * 50])
def test_what_is_no_sound_is_refused(desk, survey, data):
    begin(desk, survey, "audio")
    page = desk.submit("Save", media=sent(data, "read.mp3"), transcript="Words")
    assert page.status == 422 and "Words" in page.html
    assert only_slot().media_id is None


def test_a_film_needs_captions_that_reach_its_end(desk, survey):
    begin(desk, survey, "sign_language")
    desk.submit("Save", media=[(mp4(), "film.mp4")], transcript="Words")
    page = desk.follow()
    assert "Add captions for the film." in page.text
    page = desk.submit("Save", captions=sent(b"not captions", "a.vtt"))
    assert page.status == 422 and "its first line is WEBVTT" in page.text
    desk.submit("Save", captions=sent(CAPTIONS, "a.vtt"))
    desk.follow()
    desk.submit("Publish it")
    assert only_slot().is_published


@pytest.mark.parametrize(
    "address",
    [
        "http://films.example.org/a",
        "ftp://films.example.org/a",
        "https://x",
        "https://a b.example",
        "https://u@films.example.org/",
    ],
)
def test_only_a_plain_secure_address_leads_to_a_film_elsewhere(desk, survey, address):
    begin(desk, survey, "sign_language")
    page = desk.submit("Save", url=address, transcript="Words")
    assert page.status == 422 and address in page.html
    assert only_slot().url == ""


def test_what_is_published_is_fixed_until_it_is_taken_back(desk, client, make, in_request, survey):
    slot = make.slot(f"survey:{survey.id}")
    path = f"/en/staff/formats/by-hand/{slot.id}"
    point = {"text": "More", "alt": "b", "picture": (jpeg(), "a.jpg")}
    assert desk.post(f"{path}/points", point, content_type="multipart/form-data").status == 409
    assert desk.post(f"{path}/removal").status == 409
    desk.get(path)
    desk.submit("Take it back to change it")
    assert client.get(f"/en/formats/by-hand/{slot.id}").status == 404
    before = files()
    desk.get(path)
    desk.submit("Remove this draft")
    assert db.session.scalar(select(func.count(Slot.id))) == 0 and files() == before - 1


def test_there_is_one_of_a_kind_in_a_language(desk, survey):
    begin(desk, survey, "easy_read")
    desk.get(f"/en/staff/formats/survey/{survey.id}")
    page = desk.submit("Begin", kind="easy_read", language="en")
    assert page.status == 422 and "There is one already in this language." in page.text


def test_a_film_in_sign_language_says_so_in_its_language(desk, survey):
    begin(desk, survey, "sign_language")
    assert (only_slot().language, only_slot().transcript_language) == ("bfi", "en")


def test_drafts_are_nobody_s_business(client, make, in_request, survey):
    slot = make.slot(f"survey:{survey.id}", status="draft")
    assert client.get(f"/en/formats/by-hand/{slot.id}").status == 404
    assert "Made by people" not in client.get(f"/en/formats/survey/{survey.id}").text


# --- the machinery -----------------------------------------------------------------------------------------------------


def test_what_is_missing_is_named_with_the_command_that_installs_it(desk, monkeypatch):
    tool = tools.TOOLS["louis"]
    monkeypatch.setitem(tools.TOOLS, "louis", tools.Tool(**(vars(tool) | {"works": lambda: False})))
    page = desk.get("/en/staff/formats")
    assert "Missing" in page.text and "apt-get install liblouis20 liblouis-data" in page.text


def test_what_failed_stands_there_with_its_reason_and_can_be_tried_again(desk, make, in_request, survey, run_jobs):
    row = make.format_file(f"survey:{survey.id}", status="failed")
    page = desk.get("/en/staff/formats")
    assert "It took too long." in page.text
    desk.post(f"/en/staff/formats/files/{row.id}/retry")
    run_jobs()
    assert db.session.get(FormatFile, row.id, populate_existing=True).status == "made"
    assert "Nothing failed." in desk.get("/en/staff/formats").text


# --- advice and rules ----------------------------------------------------------------------------------------------------


def test_whoever_publishes_hears_what_only_people_can_make(make, in_request, survey):
    about = f"survey:{survey.id}"
    assert [remark.rule for remark in advise(about)] == ["formats.easy_read", "formats.sign_language"]
    make.slot(about)
    assert [remark.rule for remark in advise(about)] == ["formats.sign_language"]
    assert advise("comment:1") == [] and advise("survey:999") == []


def test_sentences_are_counted_by_their_words():
    assert rules.long_sentences("One two. " * 20) == []
    assert rules.long_sentences("w " * 15 + "end. Short.") == ["w " * 15 + "end."]
    assert len(rules.long_sentences("w " * 16 + "\n" + "w " * 16)) == 2


@pytest.mark.parametrize("last, film, wanted", [(1000, 0, True), (7500, 10, True), (7400, 10, False)])
def test_captions_cover_a_film_when_they_reach_its_last_quarter(last, film, wanted):
    assert rules.covers(last, film) is wanted


def test_nothing_is_published_that_some_could_not_follow():
    nothing = {"points": 0, "media": False, "captions": False, "url": False, "transcript": False}
    assert rules.lacks("easy_read", **nothing) == ["points"]
    assert rules.lacks("audio", **nothing) == ["sound", "transcript"]
    assert rules.lacks("sign_language", **nothing) == ["film", "transcript"]
    assert rules.lacks("sign_language", **nothing | {"media": True}) == ["captions", "transcript"]
    assert rules.lacks("sign_language", **nothing | {"url": True, "transcript": True}) == []
