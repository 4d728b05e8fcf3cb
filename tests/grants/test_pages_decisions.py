"""Decisions on pages: consulted, decided, refused, taken back, several together; and the sheet that tells all of it."""

from types import SimpleNamespace

import pytest
from flask import Response, render_template
from jinja2 import ChoiceLoader, DictLoader

from civic.assessment import queries as assessment
from civic.core.db import db
from civic.core.i18n import Words
from civic.grants import printing
from civic.grants.actions import awards, decisions
from civic.grants.actions.decisions import Terms
from civic.grants.checks import public_money_is_whole
from civic.grants.models import Award, Decision
from civic.grants.queries import funds, trail
from civic.grants.queries.decisions import decision_by_id
from civic.grants.rules.amounts import Amounts
from tests.make_grants import DRAWN


def of(decision, rest=""):
    return f"/en/staff/grants/decisions/{decision.id}{rest}"


def fresh(row):
    db.session.expire_all()
    return db.session.get(type(row), row.id)


def test_the_whole_file_is_before_whoever_decides(people, as_, make, monkeypatch):
    scored = SimpleNamespace(title=Words("Local support", "en"), weight=30, value=4, scale=5)
    result = SimpleNamespace(bps=7240, is_agreed=True, criteria=[scored])
    monkeypatch.setattr(assessment, "result_of", lambda subject: result)
    decision = make.decision(views=["supports", "objects"])
    page = as_(people.approver).get(of(decision))
    for words in (
        DRAWN,
        "Local support",
        "4 of 5",
        "Result: 72% of the highest possible, agreed.",
        "£15,000 (£12,000 capital and £3,000 revenue)",
        "Permission of the landowner, in writing.",
        "The panel ranked it third.",
        "Supports it",
        "The street needs a crossing first.",
        "Decide: give £15,000",
        "£138,000",  # capital that would be left
    ):
        assert words in page.text, words


def test_a_consultee_gives_a_view_and_may_better_it(people, as_, make):
    decision = make.decision(views=[])
    title = decision.award.title
    client = as_(people.consultee)
    page = client.get("/en/staff/grants/decisions")
    assert title in page.text and "1 view is still needed" in page.text
    client.get(of(decision))
    page = client.submit("Save my view", view="objects", words="")
    assert page.status == 422 and "Say what must be done or changed, or why you object." in page.text
    client.submit("Save my view", view="objects", words="The lease ends in May.")
    page = client.follow()
    assert "Your view is on record." in page.text and "All views that are needed are in." in page.text
    assert title not in client.get("/en/staff/grants/decisions?show=views").main
    client.get(of(decision))
    client.submit("Save my view", view="supports", words="The lease was prolonged.")
    assert "The lease was prolonged." in client.follow().text
    assert "The lease ends in May." not in client.last.text


def test_a_recommendation_is_decided_under_its_number(people, as_, make):
    decision = make.decision()
    pot_id = decision.award.pot_id
    left = funds.left_in(pot_id)
    client = as_(people.approver)
    page = client.get("/en/staff/grants")
    assert "Decisions to take 1" in page.text
    client.get(of(decision))
    page = client.submit("Decide: give £15,000", number=" ", reasons="They asked the neighbours.")
    assert page.status == 422 and "Enter the number of the decision." in page.text
    assert "They asked the neighbours." in page.html
    client.submit("Decide: give £15,000", number="DD2605")
    page = client.follow()
    assert "Decided. It is on record, and the money has moved." in page.text and "DD2605" in page.text
    assert funds.left_in(pot_id) == left - decision.amounts
    assert list(public_money_is_whole()) == []
    assert client.post(of(decision, "/approval"), {"number": "X"}).status == 403


def test_a_refusal_has_its_reasons(people, as_, make):
    decision = make.decision()
    award = decision.award
    client = as_(people.approver)
    client.get(of(decision))
    page = client.submit("Refuse it", refusal="")
    assert page.status == 422 and "Say why you refuse it." in page.text
    client.submit("Refuse it", refusal="The lease ends too soon.")
    page = client.follow()
    assert "The lease ends too soon." in page.text and "Nothing has changed." in page.text
    assert fresh(award).status == "turned_down"


def test_an_officer_takes_a_recommendation_back(people, as_, make):
    decision = make.decision()
    award = decision.award
    client = as_(people.officer)
    client.get(of(decision))
    client.submit("Take it back", why="")
    assert "The recommendation was taken back." in client.follow().text
    assert fresh(award).status == "withdrawn"


def test_nothing_is_decided_before_the_views_are_in(people, as_, make):
    decision = make.decision(views=[])
    client = as_(people.approver)
    page = client.get(of(decision))
    assert "You can decide once the views are in." in page.text and "Decide: give" not in page.main
    page = client.post(of(decision, "/approval"), {"number": "DD1", "reasons": ""})
    assert page.status == 422 and "Not enough consultees have given their view yet." in page.text


def test_a_pot_that_has_been_emptied_meanwhile_refuses(people, as_, make):
    pot = make.pot(amounts=Amounts.of(15_000_00, 3_000_00))
    first, second = make.decision(pot=pot), make.decision(Amounts.of(12_000_00, 0), pot=pot)
    client = as_(people.approver)
    client.get(of(first))
    client.submit("Decide: give £15,000", number="DD1")
    assert client.last.status == 303
    page = client.get(of(second))
    assert "There is not enough in the pot for that." in page.text
    page = client.submit("Decide: give £12,000", number="DD2")
    assert page.status == 422 and "There is not enough capital left for that. Nothing was changed." in page.text
    assert fresh(second).status == "recommended"


# Several together.


def test_several_are_decided_under_one_number_after_a_summary(people, as_, make):
    pot = make.pot()
    chosen = [make.decision(pot=pot) for _ in range(2)]
    unready = make.decision(pot=pot, views=[])
    client = as_(people.approver)
    page = client.get(f"/en/staff/grants/pots/{pot.id}/decisions")
    assert "1 view is still needed." in page.text
    page = client.submit("See the sum of what I chose", chosen=[each.id for each in chosen])
    assert page.h1 == "Decide 2 recommendations together" and "£24,000" in page.text and "£126,000" in page.text
    client.submit("Decide all of them", number="DD1399")
    assert "All of them are decided under DD1399." in client.follow().text
    assert [(fresh(each).status, fresh(each).number) for each in chosen] == [("decided", "DD1399")] * 2
    assert fresh(unready).status == "recommended"
    assert list(public_money_is_whole()) == []


def test_all_of_them_or_none(people, as_, make):
    pot = make.pot(amounts=Amounts.of(20_000_00, 6_000_00))
    chosen = [make.decision(pot=pot) for _ in range(2)]
    client = as_(people.approver)
    page = client.get(f"/en/staff/grants/pots/{pot.id}/decisions/summary?chosen={chosen[0].id}&chosen={chosen[1].id}")
    assert "There is not enough in the pot for all of that. Choose fewer." in page.text
    page = client.submit("Decide all of them", number="DD1")
    assert page.status == 422 and "There is not enough capital left for that." in page.text
    assert {fresh(each).status for each in chosen} == {"recommended"}


def test_what_somebody_else_decided_meanwhile_is_told_and_nothing_happens(people, as_, make):
    pot = make.pot()
    chosen = [make.decision(pot=pot) for _ in range(2)]
    client = as_(people.approver)
    client.get(f"/en/staff/grants/pots/{pot.id}/decisions/summary?chosen={chosen[0].id}&chosen={chosen[1].id}")
    make._bring_decision(chosen[0], "refused", "")
    db.session.commit()
    page = client.submit("Decide all of them", number="DD1")
    assert page.status == 422 and "One of those you chose is no longer open to you. Choose again." in page.text
    assert fresh(chosen[1]).status == "recommended"


def test_nothing_chosen_is_no_decision(people, as_, make):
    pot = make.pot()
    make.decision(pot=pot)
    client = as_(people.approver)
    page = client.get(f"/en/staff/grants/pots/{pot.id}/decisions/summary?chosen=999&chosen=x")
    assert "Nothing is chosen that you can decide." in page.text
    client.post(f"/en/staff/grants/pots/{pot.id}/decisions", {"number": "DD1"})
    assert "Choose at least one that is still open to you." in client.follow().text


# Changes.


def test_a_change_is_recommended_on_the_awards_page_and_decided_like_the_first(people, as_, make):
    award = make.award("agreed")
    client = as_(people.officer)
    client.get(f"/en/staff/grants/awards/{award.public_id}")
    page = client.click("Recommend a change, or that it ends")
    assert 'value="12000"' in page.html and "Permission of the landowner" in page.html
    page = client.submit("Recommend it", capital="12000", rationale="")
    assert "Choose what you recommend." in page.text and "Say why you recommend it." in page.text
    page = client.submit("Recommend it", what="change", capital="12000", revenue="3000", rationale="No change.")
    assert page.status == 422 and "Enter an amount for capital, for revenue or for both." in page.text
    client.submit("Recommend it", what="change", capital="10000", revenue="3000", rationale="It costs less.")
    page = client.follow()
    assert page.h1.startswith("Change of an award") and "£13,000" in page.text
    decision = db.session.query(Decision).filter_by(status="recommended").one()
    consultee = as_(people.consultee)
    consultee.get(of(decision))
    consultee.submit("Save my view", view="supports", words="")
    approver = as_(people.approver)
    page = approver.get(of(decision))
    assert "This decision frees" in page.text
    approver.submit("Decide: change it to £13,000", number="DD2700")
    page = approver.get(of(decision, "/sheet"))
    assert "The award gave before" in page.text and "This decision takes away" in page.text
    assert fresh(award).amounts == Amounts.of(10_000_00, 3_000_00)
    page = client.get(f"/en/staff/grants/awards/{award.public_id}")
    assert "instalments do not add up" not in page.text  # the old agreement holds; what it covers shrank with it


def test_an_end_is_recommended_too(people, as_, make):
    award = make.award("due")
    client = as_(people.officer)
    client.get(f"/en/staff/grants/awards/{award.public_id}/change")
    client.submit("Recommend it", what="end", rationale="The group has dissolved.")
    page = client.follow()
    assert "Nothing more: the award ends" in page.text
    page = client.get(f"/en/staff/grants/awards/{award.public_id}/change")
    page = client.submit("Recommend it", what="end", rationale="Again.")
    assert page.status == 422 and "There is a recommendation already." in page.text


# The sheet.


def test_the_sheet_tells_the_pot_before_and_after_also_when_more_was_decided_since(people, as_, make):
    pot = make.pot(amounts=Amounts.of(50_000_00, 20_000_00))
    first = make.decision(pot=pot, status="decided", number="DD1")
    make.decision(pot=pot, status="decided")
    told = trail.trail_of(first)
    assert (told.before, told.after) == (Amounts.of(50_000_00, 20_000_00), Amounts.of(38_000_00, 17_000_00))
    page = as_(people.finance).get(of(first, "/sheet"))
    for words in ("Decision sheet DD1", "£50,000", "£38,000", "Executive Director", "Gave a view", "Nobody yet"):
        assert words in page.text, words


def test_the_sheet_of_an_end_tells_what_went_back(make, people):
    award = make.award("due")
    pot_id = award.pot_id
    with make._speaking():
        decision = decisions.recommend_change(award, Terms(Amounts(), "It ended."), by=people.officer, now=make.now)
        decisions.give_view(decision, view="supports", words="", language="en", by=people.consultee, now=make.now)
        make._bring_decision(decision, "decided", "DD9")
    told = trail.trail_of(decision_by_id(decision.id))
    assert told.after - told.before == Amounts.of(12_000_00, 3_000_00) and told.after == funds.left_in(pot_id)


def test_staff_read_names_and_everybody_reads_roles(people, as_, make, client):
    decision = make.decision(views=["supports_if"])
    staff = [people.officer.display_name, people.consultee.display_name, people.approver.display_name]
    make._bring_decision(decision, "decided", "DD2605")
    award = db.session.get(Award, decision.award_id)
    with make._speaking():
        awards.announce(award, by=people.officer, now=make.now)
    db.session.commit()
    page = as_(people.finance).get(of(decision, "/sheet"))
    assert all(name in page.text for name in staff)
    page = client.get(f"/en/awards/{award.public_id}/decisions/{decision.id}")
    assert not any(name in page.text for name in staff)
    for words in ("Decision DD2605", "Officer", "Consultee", "Approver", "The street needs a crossing first."):
        assert words in page.text, words
    assert "Left before" not in page.text and "The pot" not in page.text
    assert client.get(f"/en/awards/{award.public_id}/decisions/999").status == 404


def test_what_is_only_recommended_has_no_public_sheet(make, things, client):
    award = make.award("agreed")
    public_id = award.public_id
    other = make.decision(pot=award.pot)
    theirs = other.award.public_id
    db.session.commit()
    assert client.get(f"/en/awards/{public_id}/decisions/{other.id}").status == 404
    assert client.get(f"/en/awards/{theirs}/decisions/{other.id}").status == 404


LAYOUT = (
    "<h1>{% block heading %}{% endblock %}</h1>"
    "{% block lede %}{% endblock %}{% block content %}{% endblock %}{% block footer_line %}{% endblock %}"
)


@pytest.fixture
def drawing(app, monkeypatch):
    """A part that draws documents, as HTML."""
    loader = ChoiceLoader([app.jinja_env.loader, DictLoader({"layouts/document.html": LAYOUT})])
    monkeypatch.setattr(app.jinja_env, "loader", loader)
    part = SimpleNamespace(
        is_available=lambda: True,
        draw=lambda template, /, **context: render_template(template, **context).encode(),
        send=lambda data, name: Response(data, headers={"Content-Disposition": f'attachment; filename="{name}"'}),
    )
    monkeypatch.setattr(printing, "part", lambda: part)


def test_the_sheet_can_be_taken_as_a_document(people, as_, make, drawing):
    decision = make.decision(status="decided", number="DD2605")
    client = as_(people.finance)
    page = client.get(of(decision, "/sheet"))
    assert page.link("This sheet as a PDF")
    page = client.get(of(decision, "/sheet.pdf"), checked=False)
    assert "Decision <bdi>DD2605</bdi>" in page.html and "Who did what" in page.html
    assert page.headers["Content-Disposition"].startswith('attachment; filename="DD2605-')


def test_everybody_can_take_a_decision_as_a_document_without_names(people, make, client, drawing):
    award = make.award("agreed")
    decision = db.session.query(Decision).filter_by(award_id=award.id).one()
    db.session.commit()
    page = client.get(f"/en/awards/{award.public_id}/decisions/{decision.id}.pdf", checked=False)
    assert page.status == 200 and "Approver" in page.html and people.approver.display_name not in page.html


def test_without_the_part_that_draws_there_is_a_page_only(people, as_, make, monkeypatch):
    monkeypatch.setattr(printing, "part", lambda: None)
    decision = make.decision(status="decided")
    client = as_(people.finance)
    assert "as a PDF" not in client.get(of(decision, "/sheet")).text
    page = client.get(of(decision, "/sheet.pdf"))
    assert page.status == 404 and "The page says the same." in page.text
