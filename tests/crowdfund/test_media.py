"""Pictures, film and papers of a campaign: with words for everybody, kept where they belong, gone when they are removed."""

import io

import pytest
from sqlalchemy import func, select

from civic.core import files
from civic.core.db import db
from civic.core.files import StoredFile
from civic.crowdfund.actions import media as actions
from civic.crowdfund.models import CampaignEvidence, CampaignPicture
from civic.crowdfund.queries import writing as queries
from civic.crowdfund.queries.campaigns import campaign_by_slug
from tests.crowdfund.pictures import CAPTIONS, jpeg, mp4, pdf, webm


@pytest.fixture
def organiser(make, client):
    person = make.member()
    make.sign_in(client, person)
    return person


@pytest.fixture
def draft(make, organiser):
    campaign = make.campaign("draft", owner=organiser, slug="shade")
    db.session.commit()
    return campaign


BASE = "/en/campaigns/shade"


def fresh():
    db.session.expire_all()
    return campaign_by_slug("shade")


def stored() -> int:
    return db.session.scalar(select(func.count()).select_from(StoredFile))


def add(client, alt: str, **more):
    client.get(f"{BASE}/edit/pictures/new")
    return client.submit("Add the picture", picture=[(jpeg(), "a.jpg")], alt=alt, **more)


def test_the_first_picture_is_the_cover_until_another_is_chosen_or_it_goes(client, draft):
    add(client, "A grey square."), add(client, "A green square.", caption="In spring")
    first, second = queries.pictures_of(fresh())
    assert fresh().cover_id == first.id
    client.post(f"{BASE}/edit/pictures/{second.id}/cover", {})
    assert fresh().cover_id == second.id
    client.get(f"{BASE}/edit/pictures/{second.id}/removal")
    client.submit("Remove it")
    assert fresh().cover_id == first.id and stored() == 1
    client.post(f"{BASE}/edit/pictures/{first.id}/removal", {})
    assert fresh().cover_id is None and stored() == 0


@pytest.mark.parametrize("alt", ["", "   ", "IMG_2034.JPG", "photo.webp"])
def test_a_picture_without_words_for_those_who_cannot_see_it_is_refused(client, draft, alt):
    assert add(client, alt).status == 422
    assert stored() == 0


def test_a_pictures_words_can_be_changed(client, draft):
    add(client, "A grey square.")
    picture = queries.pictures_of(fresh())[0]
    client.get(f"{BASE}/edit/pictures/{picture.id}")
    assert client.submit("Save the words", alt="").status == 422
    client.submit("Save the words", alt="A square without trees.", caption="Before")
    assert (queries.pictures_of(fresh())[0].alt, queries.pictures_of(fresh())[0].caption) == (
        "A square without trees.",
        "Before",
    )


def test_there_is_an_end_to_pictures(draft, now):
    for number in range(actions.MOST_PICTURES):
        db.session.add(
            CampaignPicture(
                campaign_id=draft.id,
                file_id=files.keep_bytes(b"x", name="x", media_type="image/webp", is_public=True, now=now).id,
                alt="x",
                position=number,
            )
        )
    db.session.flush()
    with pytest.raises(actions.TooMany):
        actions.add_picture(draft, None, alt="x", caption="", now=now)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"<svg/>", "a.svg"),
        (b"<html>", "a.jpg"),
        (b"", "a.jpg"),
        (b"\xff\xd8\xff<script>", "a.jpg.html"),
        (b"%PDF-", "a.png"),
    ],
)
def test_what_is_no_picture_is_refused_at_its_field(client, draft, body, name):
    client.get(f"{BASE}/edit/pictures/new")
    page = client.submit("Add the picture", picture=[(io.BytesIO(body), name)], alt="A square.")
    assert page.status == 422 and page.errors and stored() == 0
    assert "A square." in page.html


def test_words_in_the_place_of_a_file_are_no_file(client, draft):
    for path in ("edit/pictures/new", "edit/evidence/new", "edit/film", "edit/funding/new"):
        client.get(f"{BASE}/{path}")
        data = {
            "picture": "x",
            "document": "x",
            "film": "x",
            "captions": "x",
            "alt": "y",
            "title": "y",
            "kind": "money",
        }
        page = client.post(f"{BASE}/{path}", data | {"transcript": "x", "captions_language": "en"})
        assert page.status == 422, path


def film(client, **more):
    client.get(f"{BASE}/edit/film")
    given = {
        "film": [(mp4(), "f.mp4")],
        "captions": [(io.BytesIO(CAPTIONS), "c.vtt")],
        "transcript": "We plant.",
    } | more
    return client.submit("Save and go on", {name: value for name, value in given.items() if value is not None})


def test_a_film_comes_with_captions_and_a_transcript(client, draft):
    for lacking in ("film", "captions", "transcript"):
        assert film(client, **{lacking: None}).status == 422
        assert queries.film_of(fresh()) is None and stored() == 0
    assert film(client).status == 303
    kept = queries.film_of(fresh())
    assert (kept.film.media_type, kept.captions.media_type, kept.captions_language) == ("video/mp4", "text/vtt", "en")
    key = kept.captions.key
    page = client.get(f"{BASE}/edit/film")
    assert 'kind="captions"' in page.html
    assert client.client.get(f"/files/{key}/captions.vtt").data.startswith(b"WEBVTT\n")


def test_another_film_keeps_the_captions_and_leaves_nothing_behind(client, draft):
    film(client)
    before = queries.film_of(fresh()).captions_id
    assert film(client, film=[(webm(), "f.webm")], captions=None).status == 303
    kept = queries.film_of(fresh())
    assert (kept.film.media_type, kept.captions_id, stored()) == ("video/webm", before, 2)
    client.get(f"{BASE}/edit/film/removal")
    client.submit("Remove it")
    assert queries.film_of(fresh()) is None and stored() == 0


def test_faulty_captions_are_refused_with_their_line(client, draft):
    wrong = io.BytesIO(b"WEBVTT\n\n00:01,000 --> 00:02,000\nHi")
    page = film(client, captions=[(wrong, "c.vtt")])
    assert page.status == 422 and "Line 3" in page.text


def test_a_form_larger_than_8_megabytes_is_taken_where_films_are_and_nowhere_else(client, draft, make):
    large = b"\x00" * (9 * 1024 * 1024)
    body = mp4().getvalue()
    padded = body[:-408] + (len(large) + 408).to_bytes(4) + b"mdat" + b"\x00" * 400 + large
    assert film(client, film=[(io.BytesIO(padded), "f.mp4")]).status == 303
    client.get(f"{BASE}/edit/pictures/new")
    page = client.submit("Add the picture", picture=[(io.BytesIO(large), "a.jpg")], alt="x")
    assert page.status in (413, 422)
    client.get(f"{BASE}/edit/story")
    assert client.post(f"{BASE}/edit/story", {"story": "x", "more": (io.BytesIO(large), "x")}).status == 413
    client.client.delete_cookie("session")
    assert client.post(f"{BASE}/edit/film", {"film": (io.BytesIO(large), "x")}).status in (400, 413)


def paper(client, query: str = "", **more):
    client.get(f"{BASE}/edit/evidence/new{query}")
    return client.submit("Add it", {"title": "Quote", "document": [(pdf(), "q.pdf")]} | more)


def test_a_quote_belongs_to_its_cost_and_stays_when_the_cost_goes(client, draft):
    cost = queries.costs_of(draft)[0]
    assert paper(client, f"?kind=quote&cost={cost.id}").location.endswith(f"#cost-{cost.id}")
    assert [each.cost_id for each in queries.evidence_of(fresh())] == [cost.id]
    client.post(f"{BASE}/edit/costs/{cost.id}/removal", {})
    assert [each.cost_id for each in queries.evidence_of(fresh())] == [None]


def test_a_quote_for_another_campaigns_cost_is_of_no_cost(client, draft, make):
    other = queries.costs_of(make.campaign("draft"))[0]
    db.session.commit()
    paper(client, f"?cost={other.id}", kind="other")
    assert [each.cost_id for each in queries.evidence_of(fresh())] == [None]


def test_a_paper_is_a_download_for_the_organiser_and_staff_alone(client, draft, make):
    paper(client, kind="permission", document=[(pdf(), 'a"b\r\nX: y\u202e.pdf')])
    evidence = queries.evidence_of(fresh())[0]
    path, key = f"{BASE}/evidence/{evidence.id}", evidence.file.key
    answer = client.get(path)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Cache-Control"] == "no-store"
    assert client.get(f"{BASE}/evidence/{evidence.id + 1}").status == 404
    assert client.get(f"/files/{key}/large.webp").status == 404
    for person, status in (
        (make.member(), 404),
        (make.staff("researcher"), 404),
        (make.staff("funds_officer", second_step=True), 200),
        (make.staff("finance_officer"), 200),
    ):
        make.sign_in(client, person)
        assert client.get(path).status == status
    make.sign_in(client, make.staff("funds_officer"), second_step=False)
    assert client.get(path).status in (303, 404)  # the second step first
    client.client.delete_cookie("session")
    assert "/sign-in" in client.get(path).location


def test_a_paper_of_another_campaign_is_not_there(client, draft, make, now):
    other = make.campaign("draft")
    file = files.keep_bytes(b"%PDF-", name="q.pdf", media_type="application/pdf", is_public=False, now=now)
    evidence = CampaignEvidence(campaign_id=other.id, kind="quote", title="x", file_id=file.id, added_at=now)
    db.session.add(evidence)
    db.session.commit()
    assert client.get(f"{BASE}/evidence/{evidence.id}").status == 404
    assert client.post(f"{BASE}/edit/evidence/{evidence.id}/removal", {}).status == 404


def test_a_removed_paper_is_gone(client, draft):
    paper(client, kind="insurance")
    evidence = queries.evidence_of(fresh())[0]
    client.post(f"{BASE}/edit/evidence/{evidence.id}/removal", {})
    assert queries.evidence_of(fresh()) == [] and stored() == 0


def test_only_drafts_take_pictures_films_and_papers(client, make, organiser):
    campaign = make.campaign("live", owner=organiser)
    db.session.commit()
    base = f"/en/campaigns/{campaign.slug}/edit"
    for path, data in (
        ("pictures/new", {"alt": "x", "picture": (jpeg(), "a.jpg")}),
        (
            "film",
            {
                "film": (mp4(), "a.mp4"),
                "captions": (io.BytesIO(CAPTIONS), "c"),
                "transcript": "x",
                "captions_language": "en",
            },
        ),
        ("film/removal", {}),
        ("evidence/new", {"kind": "quote", "title": "x", "document": (pdf(), "a.pdf")}),
    ):
        assert client.post(f"{base}/{path}", data).status in (409, 422), path
    assert stored() == 0
