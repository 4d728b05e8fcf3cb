"""Pages: the formats of a thing, having one made, taking it; what is not public cannot be had in any format."""

import pytest
from sqlalchemy import func, select, text

from civic.core.db import db
from civic.core.files import StoredFile
from civic.formats import kinds
from civic.formats.models import FormatFile
from tests.support.sql import statements

LANGUAGES = ("en", "pl", "ar", "xx")


@pytest.fixture
def survey(make):
    return make.survey()


def here(survey, rest=""):
    return f"/en/formats/survey/{survey.id}{rest}"


def rows():
    return list(
        db.session.scalars(select(FormatFile).order_by(FormatFile.id).execution_options(populate_existing=True))
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_as_pages_must_be_in_every_language(client, make, in_request, survey, language):
    made, by_hand = make.format_file(f"survey:{survey.id}"), make.slot(f"survey:{survey.id}")
    make.format_file(f"survey:{survey.id}", "epub", status="failed")
    make.format_file(f"survey:{survey.id}", "braille", status="asked")
    for rest in ("", "/en/text", "/en/epub", "/en/braille", "/en/disc"):
        assert client.get(here(survey, rest).replace("/en/", f"/{language}/", 1)).status == 200
    assert client.get(f"/{language}/formats/by-hand/{by_hand.id}").status == 200
    assert made.file_id


def test_the_survey_leads_to_its_formats(client, survey):
    client.get(f"/en/surveys/{survey.slug}")
    page = client.click("Other formats: large print, Braille, audio, Easy Read and more")
    assert page.path == here(survey) and "Cleaner streets" in page.h1


def test_what_is_asked_for_is_made_and_can_be_taken(client, survey, run_jobs):
    client.get(here(survey))
    client.click("Plain text")
    client.submit("Make it")
    page = client.follow()
    assert "It is being made. Reload this page" in page.text
    assert run_jobs() == 1
    page = client.get(here(survey, "/en/text"))
    assert "It is ready." in page.text and "TXT · " in page.text
    file = client.get(here(survey, "/en/text/file"))
    assert file.status == 200 and "Do you cycle in London?" in file.html
    assert "filename=cleaner-streets-text-en.txt" in file.headers["Content-Disposition"].replace('"', "")
    assert file.headers["X-Content-Type-Options"] == "nosniff"


def test_asking_twice_makes_one_job_and_one_file(client, survey, run_jobs):
    for _time in range(3):
        client.get(here(survey, "/en/text"))
        client.post(here(survey, "/en/text"))
    assert run_jobs() == 1 and len(rows()) == 1
    client.post(here(survey, "/en/text"))
    assert run_jobs() == 0, "what is there and true is not made again"


def test_a_file_is_old_once_the_thing_has_changed_and_the_older_one_goes(client, survey, run_jobs):
    client.post(here(survey, "/en/text"))
    run_jobs()
    first = rows()[0].file_id
    survey.purpose = {"en": "Something else happens now."}
    db.session.flush()
    page = client.get(here(survey, "/en/text"))
    assert "The page has changed since." in page.text
    client.submit("Make it anew")
    assert "Meanwhile: the file of" in client.follow().text
    run_jobs()
    assert rows()[0].file_id != first
    assert db.session.scalar(select(func.count()).where(StoredFile.id == first)) == 0
    assert "Something else happens now." in client.get(here(survey, "/en/text/file")).html


def test_a_failure_says_so_and_can_be_tried_again(client, survey, run_jobs, monkeypatch):
    def break_off(source):
        raise ValueError("whatever")

    monkeypatch.setitem(kinds.FORMATS, "text", kinds.replace_maker(kinds.FORMATS["text"], break_off))
    client.post(here(survey, "/en/text"))
    run_jobs()
    page = client.get(here(survey, "/en/text"))
    assert "It could not be made." in page.text and rows()[0].fault == "error"
    monkeypatch.undo()
    client.submit("Try again")
    run_jobs()
    assert "It is ready." in client.get(here(survey, "/en/text")).text


@pytest.mark.parametrize("rest", ["", "/en/text", "/en/text/file"])
def test_what_is_not_public_has_no_formats(client, make, rest):
    draft = make.survey(status="draft")
    assert client.get(here(draft, rest)).status == 404
    assert client.get(f"/en/formats/survey_results/{make.survey().id}{rest}").status == 404
    assert client.get(f"/en/formats/campaign/{make.campaign('draft').id}{rest}").status == 404
    assert client.get(f"/en/formats/nothing/1{rest}").status == 404


@pytest.mark.parametrize("rest", ["/pl/text", "/en/scroll", "/zz/text", "/en/text/other"])
def test_neither_a_language_it_is_not_in_nor_an_unknown_format_is_an_address(client, survey, rest):
    assert client.get(here(survey, rest)).status == 404


def test_a_file_goes_out_of_reach_with_its_thing(client, make, in_request, survey):
    make.format_file(f"survey:{survey.id}")
    assert client.get(here(survey, "/en/text/file")).status == 200
    survey.status = "archived"
    db.session.flush()
    assert client.get(here(survey, "/en/text/file")).status == 404


def test_the_page_is_kept_until_something_changes(client, make, in_request, survey):
    first = client.get(here(survey))
    again = client.get(here(survey), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    make.format_file(f"survey:{survey.id}")
    assert client.get(here(survey), headers={"If-None-Match": first.headers["ETag"]}).status == 200


def test_a_page_asks_the_database_a_few_times_however_much_is_there(client, make, in_request, survey):
    for key in ("text", "braille", "epub"):
        make.format_file(f"survey:{survey.id}", key)
    db.session.commit()
    with statements() as sent:
        client.get(here(survey))
    sent.at_most(6)


def test_nobody_can_ask_without_end(client, survey, rate_limits):
    statuses = [client.post(here(survey, "/en/text")).status for _time in range(61)]
    assert statuses[-1] == 429 and set(statuses[:-1]) == {303}


def test_so_many_may_wait_and_no_more(client, survey, monkeypatch):
    monkeypatch.setattr("civic.formats.rules.MOST_WAITING", 1)
    assert client.post(here(survey, "/en/text")).status == 303
    assert client.post(here(survey, "/en/epub")).status == 503
    waiting = db.session.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'formats.make'"))
    assert waiting == 1
