"""Reading in discussions held elsewhere: a file of the shape of the Decide Madrid comments, written here."""

import csv
import json
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from civic.core import clock
from civic.core.db import db
from civic.discussions.actions import counts
from civic.discussions.checks import CHECKS
from civic.discussions.importing.command import import_discussion
from civic.discussions.importing.reading import COLUMNS, Refused, _dated, columns, read
from civic.discussions.models import Comment, Findable, Thread, Topic
from civic.discussions.queries import comments as queries
from tests.make_discussions import SAID

HEAD = ("id", "proposalId", "parentId", "userId", "text", "numPositiveVotes", "numNegativeVotes", "date")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def line(
    number, thread=7, parent=-1, author=1, text="Limpiar las calles no basta.", votes=3, date="2015-09-15 20:51:05"
):
    return (number, thread, parent, author, text, votes, 1, date)


def written(path, lines, head=HEAD, **options):
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, **options)
        out.writerow(head)
        out.writerows(lines)
    return path


# Two proposals; answers to answers, one of them before what it answers in the file; one whose parent is gone.
LINES = [
    line(17107, parent=17092, author=2, text="Pues no termina de cumplirse.", votes=1, date="2015-09-15 21:00:00"),
    line(17092, author=1, votes=12),
    line(17127, parent=17107, author=3, text="Por centro y por los barrios.", votes=0, date="2015-09-15 22:00:00"),
    line(17137, author=2, text="Un voto de confianza, por favor.", votes=5, date="2015-09-16 08:00:00"),
    line(17200, parent=99999, author=4, text="Cerca de Atocha vi una rata.", votes=2, date="2015-09-17 08:00:00"),
    line(20001, thread=9, author=1, text="Más árboles en la plaza.", votes=4, date="2016-01-01 10:00:00"),
]


@pytest.fixture
def madrid(isolated, make):
    """The topic into which it goes."""
    with clock.at(NOW):
        topic = make.topic(slug="madrid")
        db.session.commit()
        yield topic


def run(app, file, *options):
    return app.test_cli_runner().invoke(import_discussion, [str(file), "--topic", "madrid", *options])


def rows(thread):
    key = sa.select(Thread.id).where(Thread.source_key == thread).scalar_subquery()
    mine = sa.select(Comment).where(Comment.thread_id == key).order_by(Comment.position)
    return list(db.session.scalars(mine.execution_options(populate_existing=True)))


def test_threads_comments_parents_votes_and_dates_are_kept_as_they_were(app, madrid, tmp_path):
    answer = run(app, written(tmp_path / "comments.csv", LINES), "--language", "es", "--timezone", "Europe/Madrid")
    assert answer.exit_code == 0, answer.output
    assert "6 entries read; 6 comments imported, and 2 new threads." in answer.output
    assert "1 answer something that is not in their thread" in answer.output
    said = rows("comments:7")
    assert [(each.source_key, each.position, each.voice, each.supports) for each in said] == [
        ("comments:17092", 1, 1, 12), ("comments:17107", 2, 2, 1), ("comments:17127", 3, 3, 0),
        ("comments:17137", 4, 2, 5), ("comments:17200", 5, 4, 2),
    ]  # fmt: skip
    first, second, third = said[:3]
    assert (second.top_id, second.answers_id) == (first.id, first.id)
    assert (third.top_id, third.answers_id) == (first.id, second.id)
    assert (first.answers, first.at) == (2, datetime(2015, 9, 15, 18, 51, 5, tzinfo=UTC))
    assert {each.language for each in said} == {"es"} and {each.author_id for each in said} == {None}
    thread = db.session.get(Thread, first.thread_id)
    assert (thread.title, thread.comments, thread.people, thread.supports) == ("Thread 7", 5, 4, 20)
    assert thread.last_at == said[-1].at and thread.created_at == first.at
    assert db.session.get(Topic, madrid.id, populate_existing=True).threads == 2
    assert [problem for check in CHECKS for problem in check()] == []
    assert list(counts.wrong_counts()) == []
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Findable)) == 8


def test_people_have_numbers_and_no_names(app, madrid, tmp_path, in_request):
    run(app, written(tmp_path / "comments.csv", LINES))
    shown = [each.author for each in queries.by_number(db.session.get(Thread, rows("comments:7")[0].thread_id)).items]
    assert shown == [
        "Imported person 1",
        "Imported person 2",
        "Imported person 3",
        "Imported person 2",
        "Imported person 4",
    ]


def test_the_same_file_again_changes_nothing(app, madrid, tmp_path):
    file = written(tmp_path / "comments.csv", LINES)
    run(app, file)
    before = db.session.execute(sa.text("SELECT * FROM comment ORDER BY id")).all()
    threads = db.session.execute(sa.text("SELECT * FROM thread ORDER BY id")).all()
    answer = run(app, file)
    assert "0 comments imported, and 0 new threads." in answer.output
    assert "6 were already there" in answer.output
    assert db.session.execute(sa.text("SELECT * FROM comment ORDER BY id")).all() == before
    assert db.session.execute(sa.text("SELECT * FROM thread ORDER BY id")).all() == threads


def test_a_longer_file_of_the_same_source_goes_on_where_it_stood(app, madrid, tmp_path):
    run(app, written(tmp_path / "comments.csv", LINES))
    more = [
        line(30000, parent=17127, author=3, text="Sigo pensando lo mismo.", date="2017-01-01 10:00:00"),
        line(30001, author=9, text="Acabo de llegar.", date="2017-01-02 10:00:00"),
    ]
    answer = run(app, written(tmp_path / "comments.csv", LINES + more))
    assert "2 comments imported, and 0 new threads." in answer.output
    said = rows("comments:7")
    assert [(each.position, each.voice) for each in said[5:]] == [(6, 3), (7, 5)]
    assert said[5].top_id == said[0].id and said[5].answers_id == said[2].id
    assert list(counts.wrong_counts()) == []


def test_titles_and_texts_of_the_threads_come_from_a_file_of_their_own(app, madrid, tmp_path):
    head = ("id", "title", "summary", "text")
    proposals = written(tmp_path / "proposals.csv", [(7, "Limpiar las calles", "Algo básico.", "De verdad.")], head)
    run(app, written(tmp_path / "comments.csv", LINES), "--threads", str(proposals), "--untitled", "Propuesta")
    told = {each.source_key: (each.title, each.text) for each in db.session.scalars(sa.select(Thread))}
    assert told == {
        "comments:7": ("Limpiar las calles", "Algo básico.\n\nDe verdad."),
        "comments:9": ("Propuesta 9", ""),
    }


def test_one_can_go_on_talking_in_an_imported_thread(app, madrid, tmp_path, make):
    from civic.discussions.actions import supporting
    from civic.discussions.queries.threads import thread_by_id

    run(app, written(tmp_path / "comments.csv", LINES))
    first = rows("comments:7")[0]
    answer = make.comment(thread_by_id(first.thread_id), answers=first, now=NOW)
    supporting.support(first, by=make.member(), now=NOW)
    assert (answer.position, answer.voice) == (6, 5)
    assert rows("comments:7")[0].supports == 13
    assert list(counts.wrong_counts()) == []


def test_json_lines_and_lists_are_read_alike_and_columns_can_be_named(app, madrid, tmp_path):
    things = [
        {
            "no": n,
            "where": "a",
            "reply_to": None if n == 1 else 1,
            "words": SAID[n],
            "when": f"2020-01-0{n}T10:00:00Z",
            "likes": n,
        }
        for n in (1, 2, 3)
    ]
    lines, whole = tmp_path / "lines.json", tmp_path / "list.json"
    lines.write_text("\n".join(json.dumps(each) for each in things), encoding="utf-8")
    whole.write_text(json.dumps(things), encoding="utf-8")
    named = [
        f"--column={pair}"
        for pair in ("id=no", "thread=where", "parent=reply_to", "text=words", "date=when", "votes=likes")
    ]
    for file in (lines, whole):
        answer = run(app, file, "--format", "json", *named)
        assert "3 comments imported, and 1 new threads." in answer.output, answer.output
    for source in ("lines:a", "list:a"):
        assert [(each.supports, each.answers, each.author_name) for each in rows(source)] == [
            (1, 2, "0"),
            (2, 0, "0"),
            (3, 0, "0"),
        ]
        assert {each.voice for each in rows(source)} == {1}  # of whom nothing is known counts as one


def test_an_ancestry_as_consul_writes_it_ends_with_the_parent():
    names = columns(("id", "commentable_id", "ancestry", "body", "created_at", "cached_votes_up"), {})
    told = {"id": "5", "commentable_id": "2", "ancestry": "1/4", "body": "x", "created_at": "2020-01-01 00:00:00 UTC"}
    assert read(told, names, now=NOW, zone=UTC).parent == "4"
    assert read(told | {"ancestry": ""}, names, now=NOW, zone=UTC).parent is None


def test_what_cannot_be_used_is_refused_with_its_reason_and_the_rest_is_kept(app, madrid, tmp_path):
    bad = [
        line(1), line(1, text="Twice."), line(2, text=" "), line(3, date="yesterday"), line(4, date="2999-01-01"), line(5, votes="many"),
        line("", text="No number."), line(6, parent=7), line(7, parent=6), line(8, parent=8), line(9, votes=-4), line(10, text="a\x00b"),
    ]  # fmt: skip
    answer = run(app, written(tmp_path / "bad.csv", bad))
    assert answer.exit_code == 0, answer.output
    for told in (
        "4 comments imported", "1 stood twice", "2 answer each other in a circle", "1 refused: no text", "a date that cannot be read",
        "a date that cannot be", "votes that are no number", "no usable id", "1 answer something that is not in their thread",
    ):  # fmt: skip
        assert told in answer.output, answer.output
    assert [(each.source_key, each.supports, each.text[:3]) for each in rows("bad:7")] == [
        ("bad:1", 3, "Lim"), ("bad:8", 3, "Lim"), ("bad:9", 0, "Lim"), ("bad:10", 3, "ab"),
    ]  # fmt: skip
    assert list(counts.wrong_counts()) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("id,text\n1,x\n", "the file has no column for “thread”"),
        ("{not json", "cannot be read"),
        ("[1, 2]", "cannot be read"),
    ],
)
def test_a_file_that_is_something_else_is_refused_whole(app, madrid, tmp_path, content, told):
    file = tmp_path / "file.csv"
    file.write_text(content, encoding="utf-8")
    answer = run(app, file, "--format", "csv" if content.startswith("id") else "json")
    assert answer.exit_code == 1 and told in answer.output
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Thread)) == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--topic", "no-such"], "There is no topic"),
        (["--column", "colour=red"], "--column knows"),
        (["--timezone", "Mars/Base"], "There is no time zone"),
        (["--language", "no language"], "--language is a code"),
        (["--source", "Ü"], "--source is made of"),
    ],
)
def test_options_that_mean_nothing_are_explained(app, madrid, tmp_path, options, told):
    answer = run(app, written(tmp_path / "comments.csv", LINES), *options)
    assert answer.exit_code == 1 and told in answer.output


def test_a_dry_run_reports_and_keeps_nothing(app, madrid, tmp_path):
    answer = run(app, written(tmp_path / "comments.csv", LINES), "--dry-run")
    assert "6 comments would be imported" in answer.output
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Comment)) == 0


def test_the_documentation_names_every_column():
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs/import-discussions.md").read_text(encoding="utf-8")
    for wanted, usual in COLUMNS.items():
        assert all(f"`{name}`" in page for name in (wanted, *usual)), wanted


def test_a_needed_column_that_is_missing_is_named():
    with pytest.raises(Refused, match="date"):
        columns(("id", "thread", "text"), {})


@pytest.mark.parametrize(
    "day, time, kept",
    [
        ("2015-09-15", "0 days 20:51:05", "2015-09-15 20:51:05"),
        ("2015-09-15", "20:51:05", "2015-09-15 20:51:05"),
        ("2015-09-15", "", "2015-09-15 12:00"),
        ("2015-09-15 20:51:05", "", "2015-09-15 20:51:05"),
    ],
)
def test_a_day_keeps_its_day_and_takes_the_time_that_stands_beside_it(day, time, kept):
    """At midnight in Madrid it is still yesterday in London."""
    assert _dated(day, time) == kept
