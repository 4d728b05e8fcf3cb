"""Jobs: each row is made once, old files go, nothing is left behind however many are made, and the night tidies up."""

import os
import resource
import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.files import StoredFile
from civic.formats import jobs, kinds
from civic.formats.actions import making
from civic.formats.checks import nothing_is_lost
from civic.formats.models import FormatFile
from civic.formats.queries.things import thing
from tests.formats.test_making_speech import children


@pytest.fixture
def survey(make, in_request):
    return make.survey()


def rows() -> list[FormatFile]:
    return list(
        db.session.scalars(select(FormatFile).order_by(FormatFile.id).execution_options(populate_existing=True))
    )


def waiting() -> int:
    return db.session.scalar(
        text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND task_name = 'formats.make'")
    )


def ask(survey, key: str, now) -> FormatFile:
    with transaction():
        row = making.ask(thing("survey", survey.id), "en", kinds.FORMATS[key], now=now)
        jobs.ask_for(row)
    return row


def test_every_format_of_a_survey_is_made_by_its_job(survey, run_jobs, now):
    for each in kinds.offered("en"):
        ask(survey, each.key, now)
    assert run_jobs() == len(kinds.offered("en"))
    assert {row.status for row in rows()} == {"made"}
    lengths = {row.format: row.length for row in rows()}
    assert lengths["large-print-18"] > 1 and lengths["braille"] > 1 and lengths["audio"] > 20 and lengths["disc"] > 5
    assert db.session.scalar(select(func.count()).where(StoredFile.is_public)) == 0, (
        "what is made is handed out by its door"
    )


def test_many_jobs_leave_one_file_a_row_no_process_and_no_memory(survey, run_jobs, now):
    keys = ("braille", "epub", "text")
    for key in keys:
        ask(survey, key, now)
    run_jobs()
    before, held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, set(os.listdir("/tmp"))
    for _round in range(40):
        for row in rows():
            with transaction():
                assert making.ask_again(row, now=now)
                jobs.ask_for(row)
        assert run_jobs() == len(keys)
    assert len(rows()) == len(keys) == db.session.scalar(select(func.count(StoredFile.id)))
    assert children() == [] and threading.active_count() < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000, "kilobytes"
    assert not [
        name for name in set(os.listdir("/tmp")) - held if "espeak" in name or name.endswith((".mp3", ".pdf", ".brf"))
    ]


def test_a_job_that_comes_twice_makes_nothing_twice(survey, run_jobs, now):
    row = ask(survey, "text", now)
    run_jobs()
    first = rows()[0].file_id
    jobs.make_format(row_id=row.id)
    assert rows()[0].file_id == first


def test_what_was_asked_of_a_thing_that_is_gone_goes_with_it(survey, run_jobs, now):
    ask(survey, "text", now)
    survey.status = "archived"
    db.session.commit()
    run_jobs()
    assert rows() == []


def test_at_night_what_changed_is_made_anew_and_the_rest_stays(make, survey, run_jobs, now):
    kept, other = make.survey(slug="other"), survey
    for each in (kept, other):
        ask(each, "text", now)
    run_jobs()
    other.purpose = {"en": "It is all different."}
    db.session.commit()
    jobs.tidy_formats()
    assert [row.status for row in rows()] == ["made", "asked"] and waiting() == 1
    run_jobs()
    jobs.tidy_formats()
    assert waiting() == 0 and {row.status for row in rows()} == {"made"}


def test_at_night_what_is_old_or_no_longer_public_goes_with_its_file(make, survey, run_jobs, now):
    gone, old = make.survey(slug="gone"), survey
    for each in (gone, old):
        ask(each, "text", now)
    run_jobs()
    gone.status = "archived"
    for row in rows():
        row.made_at = clock.now()
    by_about = {row.about: row for row in rows()}
    by_about[f"survey:{old.id}"].made_at = clock.now() - timedelta(days=91)
    db.session.commit()
    jobs.tidy_formats()
    assert rows() == [] and db.session.scalar(select(func.count(StoredFile.id))) == 0


def test_what_was_lost_becomes_a_failure_that_can_be_tried_again(survey, now):
    row = ask(survey, "text", clock.now() - timedelta(days=4))
    assert list(nothing_is_lost()) != []
    db.session.execute(text("DELETE FROM procrastinate_jobs"))
    db.session.commit()
    jobs.tidy_formats()
    assert (rows()[0].status, rows()[0].fault) == ("failed", "lost") and list(nothing_is_lost()) == []
    assert making.ask_again(row, now=now)


def test_every_kind_of_failure_is_a_word_that_the_table_knows(survey, run_jobs, now, monkeypatch):
    from civic.formats.making.source import NotMade

    for fault in ("tool", "long", "time", "memory"):

        def fails(_source, fault=fault):
            raise NotMade(fault)

        monkeypatch.setitem(kinds.FORMATS, "text", kinds.replace_maker(kinds.FORMATS["text"], fails))
        ask(survey, "text", now)
        run_jobs()
        assert (rows()[0].status, rows()[0].fault) == ("failed", fault)
