"""Pictures in texts: one's own, described, drawn anew, and from nowhere else."""

from datetime import timedelta

import html5lib
import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from civic.core.db import db
from civic.core.files import FileRefused, StoredFile
from civic.core.markdown import pictures_in, render_markdown
from civic.discussions import refusals
from civic.discussions.actions import comments, pictures
from civic.discussions.models import DiscussionPicture
from tests.crowdfund.pictures import jpeg, pdf


def kept(make, by, alt="A bench under a plane tree"):
    return pictures.keep_picture(FileStorage(jpeg(), "bench.jpg"), alt=alt, by=by, now=make.now)


def test_a_picture_of_ones_own_stands_in_a_text_with_its_words_and_its_size(make):
    amina = make.settled_member()
    picture = kept(make, amina)
    comment = make.comment(by=amina, text=f"Look:\n\n{picture.markdown}\n\nThere it was.")
    html = render_markdown(comment.text, pictures=True)
    assert f'<img src="/files/{picture.key}/large.webp" alt="A bench under a plane tree"' in html
    assert 'width="80" height="60"' in html and 'loading="lazy"' in html
    assert db.session.scalar(sa.select(DiscussionPicture.comment_id)) == comment.id
    assert pictures.sweep_pictures(make.now + timedelta(days=30)) == 0


def test_a_changed_text_keeps_its_picture_and_a_withdrawn_one_gives_it_up(make, now):
    amina = make.settled_member()
    thread, picture = make.thread(), kept(make, amina)
    comment = make.comment(thread, by=amina, text=f"One {picture.markdown}")
    words = f"Two {picture.markdown} {comment.text} ![forged](picture:{picture.key}/1x9999)"
    comments.change(comment, thread=thread, text=words, language="en", by=amina, now=now)
    assert comment.text.count(f"(picture:{picture.key}/80x60)") == 3
    comments.withdraw(comment, by=amina, now=now)
    assert pictures.sweep_pictures(now + timedelta(days=8)) == 1
    assert db.session.scalar(sa.select(StoredFile.id).where(StoredFile.key == picture.key)) is None


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("![a cat](https://tracker.example/cat.png)", refusals.ForeignPicture),
        ("![a cat](/files/abc/large.webp)", refusals.ForeignPicture),
        ("![a cat](picture:AAAAAAAAAAAAAAAAAAAAAAAA)", refusals.ForeignPicture),
        ("![a cat][1]\n\n[1]: http://tracker.example/cat.png", refusals.ForeignPicture),
        ("![](picture:{key})", refusals.PictureWithoutAlt),
        ("![ ](picture:{key})", refusals.PictureWithoutAlt),
        ("![**](picture:{key})![&nbsp;](picture:{key})", refusals.PictureWithoutAlt),
        ("![a](picture:{key})" * 7, refusals.TooManyPictures),
    ],
)
def test_a_picture_from_elsewhere_or_without_words_is_refused_at_the_text(make, text, refusal):
    amina = make.settled_member()
    key = kept(make, amina).key
    with pytest.raises(refusal) as refused:
        make.comment(by=amina, text=text.replace("{key}", key))
    assert (refused.value.field, refused.value.status) == ("text", 422)


def test_a_picture_of_somebody_elses_is_refused(make):
    theirs = kept(make, make.member())
    with pytest.raises(refusals.ForeignPicture):
        make.comment(text=f"Mine now {theirs.markdown}")


@pytest.mark.parametrize("alt", ["", "   ", "\n\t", "—", "!!"])
def test_no_picture_is_kept_without_words(make, alt):
    with pytest.raises(pictures.AltMissing):
        kept(make, make.member(), alt)


def test_what_is_no_picture_is_refused_at_its_field(make):
    with pytest.raises(FileRefused) as refused:
        pictures.keep_picture(FileStorage(pdf(), "x.jpg"), alt="x", by=make.member(), now=make.now)
    assert refused.value.field == "picture"


def test_unused_pictures_are_swept_away_after_a_week(make, now):
    kept(make, make.member())
    assert pictures.sweep_pictures(now + timedelta(days=6)) == 0
    assert pictures.sweep_pictures(now + timedelta(days=8)) == 1


@pytest.mark.parametrize(
    "alt",
    ['" onerror=alert(1) x="', "<script>alert(1)</script>", "a]b", "[x](javascript:alert(1))", "`code`", "a\\b", "![a"],
)
def test_words_for_a_picture_are_words_and_nothing_else(make, alt):
    amina = make.settled_member()
    picture = kept(make, amina, alt)
    comment = make.comment(by=amina, text=f"See {picture.markdown} here")
    tree = html5lib.parse(str(render_markdown(comment.text, pictures=True)), namespaceHTMLElements=False)
    image = tree.find(".//img")
    assert image.get("alt") == alt
    assert set(image.attrib) == {"src", "alt", "width", "height", "loading", "class"}
    assert tree.find(".//script") is None
    assert [found.key for found in pictures_in(comment.text)] == [picture.key]
