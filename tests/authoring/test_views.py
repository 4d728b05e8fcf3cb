"""“Check this page”, as whoever writes sees it: what, in which words, where to mend it; and publishing all the same."""

import pytest

from civic.core.db import db
from tests.make_authoring import BAD
from tests.make_consultations import IN_WORDS
from tests.support.client import PageClient
from tests.support.sql import statements

pytestmark = pytest.mark.usefixtures("in_request")
WHY = "The plan is printed tomorrow, and the link is mended then."


@pytest.fixture(autouse=True)
def at_noon(monkeypatch, now):
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


@pytest.fixture
def as_(app, make):
    def arrive(person=None):
        db.session.commit()
        client = PageClient(app)
        if person is not None:
            make.sign_in(client, person)
        return client

    return arrive


def test_a_page_lists_every_remark_with_its_words_and_the_way_to_mend_it(as_, make):
    draft = make.consultation("draft", background=BAD, can_change="**What moves**\n\nTrees.")
    client = as_(make.staff("researcher"))
    page = client.get(f"/en/staff/consultations/{draft.slug}")
    assert "2 things must be mended." in page.main
    client.click("See what, and where to mend it")
    page = client.last
    assert page.path == f"/en/check/consultation:{draft.id}"
    assert "This link does not say where it leads." in page.main and "WCAG 2.2: 2.4.4" in page.main
    assert "A bold line stands where a heading should be." in page.main
    base = f"/en/staff/consultations/{draft.slug}/steps"
    links = [link.href for link in page.links if link.href.startswith(base)]
    assert links == [f"{base}/question#background", f"{base}/change#can_change"]


def test_each_kind_can_be_checked_by_whoever_writes_it_and_by_nobody_else(as_, make):
    organiser = make.member()
    campaign = make.campaign("draft", organisation=make.organisation(owner=organiser, status="verified"))
    thread, fund = make.thread(kind="question"), make.fund()
    things = {
        f"consultation:{make.consultation('draft').id}": make.staff("researcher"),
        f"survey:{make.survey(status='draft').id}": make.staff("researcher"),
        f"challenge:{make.challenge('draft').id}": make.staff("challenge_manager"),
        f"programme:{make.programme().id}": make.staff("challenge_manager"),
        f"thread:{thread.id}": make.staff("researcher"),
        f"topic:{thread.topic_id}": make.staff("researcher"),
        f"round:{make.round('draft').id}": make.staff("funds_officer"),
        f"fund:{fund.id}": make.staff(fund.managed_by),
        f"campaign:{campaign.id}": organiser,
    }
    visitor, stranger = as_(), as_(make.member())
    for name, writer in things.items():
        page = as_(writer).get(f"/en/check/{name}")
        assert page.status == 200, name
        assert visitor.get(f"/en/check/{name}").status == 404, name
        assert stranger.get(f"/en/check/{name}").status == 404, name


@pytest.mark.parametrize("name", ("campaign:0", "campaign:99", "nothing:1", "campaign:x", "campaign", "campaign:1e3"))
def test_what_is_not_there_cannot_be_checked(as_, make, name):
    assert as_(make.staff("researcher", "challenge_manager", "funds_officer")).get(f"/en/check/{name}").status == 404


def test_an_organiser_reads_advice_in_polish_about_words_in_english(as_, make):
    organiser = make.member()
    organisation = make.organisation(owner=organiser, status="verified")
    campaign = make.campaign("draft", organisation=organisation, story=BAD)
    client = as_(organiser)
    assert f"/en/check/campaign:{campaign.id}" in client.get(f"/en/campaigns/{campaign.slug}/edit").html
    page = client.get(f"/pl/check/campaign:{campaign.id}")
    assert '<q class="civic-advice__quote" lang="en" dir="auto" translate="no">here</q>' in page.html


def test_a_consultation_comes_back_with_the_list_and_goes_out_with_a_reason(as_, make):
    researcher = make.staff("researcher", name="Ada Byron")
    draft = make.consultation("draft", background=BAD, officer_id=researcher.id, holds=[make.survey(status="open")])
    client = as_(researcher)
    page = client.get(f"/en/staff/consultations/{draft.slug}/checklist")
    reasons = {name: WHY for form in page.forms for name in form.names if name.startswith("why-")}
    page = client.submit("Announce the consultation", reasons)
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert '<a href="#advice_why">' in page.html and 'id="advice_why-error"' in page.html
    assert all(WHY in value for name, [value] in _values(page).items() if name.startswith("why-"))
    page = client.submit("Announce the consultation", reasons | {"advice_why": WHY})
    assert page.status == 303
    page = client.get(f"/en/check/consultation:{draft.id}")
    assert "Published all the same" in page.main and "Ada Byron" in page.main and WHY in page.main


def _values(page):
    return next(form.values() for form in page.forms if "advice_why" in form.names)


def test_a_thread_of_the_city_comes_back_with_what_was_typed(as_, make):
    topic = make.topic()
    client = as_(make.staff("researcher"))
    client.get(f"/en/staff/discussions/topics/{topic.slug}/threads/new")
    typed = {"kind": "question", "title": "What first?", "text": BAD, "as_role": "Head of Parks"}
    page = client.submit("Open the thread", typed)
    assert page.status == 422 and "This link does not say where it leads." in page.main
    assert _values(page)["text"] == [BAD]
    page = client.submit("Open the thread", typed | {"advice_why": WHY})
    assert page.status == 303


def test_a_survey_a_brief_a_programme_and_a_round_ask_for_the_reason_on_their_own_pages(as_, make):
    arabic = "ماذا نفعل من أجل مقدمي الرعاية في لندن؟"
    survey = make.survey(IN_WORDS, status="draft", summary={"en": arabic})
    brief, programme = make.challenge("draft", title=arabic), make.programme(status="draft", summary=arabic)
    round_ = make.round("draft", theme=BAD)
    everybody = make.staff("researcher", "challenge_manager", "funds_officer")
    client = as_(everybody)
    for path in (
        f"/en/staff/surveys/{survey.slug}/checklist",
        f"/en/staff/challenges/briefs/{brief.slug}",
        f"/en/staff/challenges/programmes/{programme.slug}",
        f"/en/staff/rounds/{round_.slug}/opening",
    ):
        page = client.get(path)
        assert any("advice_why" in form.names for form in page.forms), path
        assert "must be mended" in page.main, path
    client.get(f"/en/staff/challenges/programmes/{programme.slug}")
    page = client.submit("Announce this programme")
    assert page.status == 422 and "give the reason to publish it all the same" in page.main
    client.get(f"/en/staff/rounds/{round_.slug}/opening")
    assert client.submit("Open the round").status == 422
    assert client.submit("Open the round", advice_why=WHY).status == 303


def test_a_check_asks_the_database_a_few_questions_however_long_the_text(as_, make):
    draft = make.consultation("draft", background=f"{BAD}\n\n" * 50)
    client = as_(make.staff("researcher"))
    client.get(f"/en/check/consultation:{draft.id}")
    with statements() as asked:
        client.get(f"/en/check/consultation:{draft.id}")
    assert len(asked) <= 24, "\n".join(asked)
