"""After the deadline: the desk, the list, one application, the ranked list, recommendations, answers, and the file."""

import csv
import io
import re
from datetime import timedelta

import pytest

from civic.assessment.actions import interests
from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund.models import Campaign
from civic.crowdfund.rounds.actions import applying, judging, rounds
from civic.crowdfund.rounds.models import Application
from civic.grants.actions import awards
from civic.grants.actions.decisions import Terms
from civic.grants.models import Award, Decision
from civic.grants.queries.awards import of_subject
from civic.grants.rules.amounts import Amounts
from tests.crowdfund.rounds.town import again
from tests.support.sql import statements


def staff(town, rest=""):
    return f"/en/staff/rounds/{town.round.slug}{rest}"


def one(application, rest=""):
    return f"/en/staff/rounds/applications/{application.id}{rest}"


@pytest.fixture
def judged(clocked):
    """Three applications after the deadline, the first judged best; the second asks for more than there is then."""
    titles = ("A roof for the market", "Benches for the hill", "Trees for the school")
    targets = (GBP(40_000), GBP(60_000), GBP(20_000))
    found = [clocked.campaign(title=title, target=target) for title, target in zip(titles, targets, strict=True)]
    asks = ((25_000_00, 0), (40_000_00, 0), (5_000_00, 2_000_00))
    sent = [
        clocked.applied(each, capital=capital, revenue=revenue)
        for each, (capital, revenue) in zip(found, asks, strict=True)
    ]
    clocked.seat()
    clocked.after_the_deadline()
    for application, value in zip(sent, (5, 3, 1), strict=True):
        clocked.assess(application, value, value)
    return [again(each) for each in sent]


def test_before_the_deadline_the_desk_says_how_many_and_nothing_else(clocked, arrive):
    clocked.applied(clocked.campaign(title="A roof for the market"))
    clocked.application(clocked.campaign())
    client = arrive(clocked.officer)
    page = client.get(staff(clocked))
    assert "Applications are sealed until 3 December 2026, 11:59pm." in page.text
    assert "Nothing waits for anybody just now." in page.text and "roof" not in page.html
    client.click("Applications")
    assert "1 application so far" in client.last.text and "roof" not in client.last.html


def test_the_desk_says_what_is_due_and_by_whom(clocked, arrive):
    sent = clocked.applied()
    clocked.seat()
    clocked.after_the_deadline()
    client = arrive(clocked.officer)
    text = client.get(staff(clocked)).text
    assert "Give every application enough assessors" in text
    assert (
        "Recommend, or answer those that are not chosen" in text
        and "Those who run the round, by 11 December 2026" in text
    )
    decision = judging.recommend(again(sent), Terms(Amounts.of(5_000_00, 0), "x"), by=clocked.officer, now=clocked.now)
    assert "Decide about what is recommended" in client.get(staff(clocked)).text
    clocked.consult(decision)
    award = clocked.decide(decision)
    assert "Announce what is decided" in client.get(staff(clocked)).text
    awards.announce(award, by=clocked.officer, now=clocked.now)
    text = client.get(staff(clocked)).text
    assert "Close the round" in text and "Announce what is decided" not in text
    assert "£75,000" in text


def test_the_list_shows_everybody_who_may_read_it_what_was_handed_in(clocked, arrive, judged):
    for person in (clocked.officer, clocked.consultee, clocked.approver, clocked.finance):
        page = arrive(person).get(staff(clocked, "/applications"))
        assert all(each.title in page.text for each in judged) and "£25,000" in page.text
    client = arrive(clocked.officer)
    judging.rule_out(judged[0], why="It is in Kent.", by=clocked.officer, now=clocked.now)
    page = client.get(staff(clocked, "/applications?show=ineligible"))
    assert "A roof for the market" in page.text and "Benches" not in page.text
    assert "None in this state" in client.get(staff(clocked, "/applications?show=awarded")).text


def test_one_application_shows_everything_about_it(clocked, arrive, judged):
    client = arrive(clocked.officer)
    page = client.get(one(judged[0]))
    for words in (
        "A roof for the market",
        "£25,000, all of it capital",
        "62% of it is asked for",
        "100% of the points that can be had.",
        "Local support",
        "Neighbours will meet.",
        "Has your group a bank account of its own?",
        "You ask for 75% of the cost at most.",
        "Sent",
    ):
        assert words in page.text, words
    db.session.get(Campaign, judged[0].campaign_id).status = "failed"
    db.session.commit()
    rows = client.get(one(judged[0])).text.split("Your campaign takes pledges.")
    assert re.match(r"\s*When it was sent\s*Holds\s*Now\s*Cannot be told", rows[1])


def test_what_is_hidden_stands_without_words_and_its_page_is_not_there(clocked, arrive, make, judged):
    interests.declare(
        judged[0].name, user=clocked.officer, has_interest=True, words="My brother runs it.", now=clocked.now
    )
    party = make.staff("funds_officer")
    judged[1].started_by_id = party.id
    for person, hidden, words in (
        (clocked.officer, judged[0], "You declared an interest in it"),
        (party, judged[1], "You stand behind it"),
    ):
        client = arrive(person)
        for path in ("/applications", "/ranking"):
            page = client.get(staff(clocked, path))
            assert words in page.text
            assert hidden.id is not None and one(hidden) not in page.html
        assert hidden.title not in client.get(staff(clocked, "/applications")).html
        for rest in ("", "/recommendation", "/ruling", "/answer", "/letter"):
            assert client.get(one(hidden, rest)).status == 404, rest
        for rest in ("/recommendation", "/ruling", "/answer", "/reinstatement"):
            assert (
                client.post(one(hidden, rest), {"why": "x", "feedback": "x", "capital": "1", "rationale": "x"}).status
                == 404
            )
        assert hidden.title not in client.get(staff(clocked, "/answers")).html
        chosen = client.get(staff(clocked, f"/recommendations?application={hidden.id}"))
        assert "Nothing is chosen that can be recommended." in chosen.text


def test_the_ranked_list_draws_the_line_where_the_money_ends(clocked, arrive, judged):
    page = arrive(clocked.officer).get(staff(clocked, "/ranking"))
    assert "Left in the round: £110,000: £80,000 capital and £30,000 revenue." in page.text
    order = [page.text.index(each.title) for each in judged]
    assert order == sorted(order) and "The money ends here" not in page.text
    more = clocked.round_of(budget=Amounts.of(30_000_00, 5_000_00))
    from civic.grants.actions import funds
    from civic.grants.queries.funds import pot_by_owner

    funds.allot(
        pot_by_owner(clocked.round.name),
        Amounts.of(-50_000_00, -25_000_00),
        why="x",
        by=clocked.officer,
        now=clocked.now,
    )
    page = arrive(clocked.officer).get(staff(clocked, "/ranking"))
    line = page.text.index("The money ends here")
    assert page.text.index(judged[0].title) < line < page.text.index(judged[1].title)
    assert (
        "There is money for it" in page.text and "No money left for it" in page.text and "Would still fit" in page.text
    )
    assert more.slug not in page.html


def test_one_is_recommended_with_its_amounts_conditions_and_reason(clocked, arrive, judged):
    client = arrive(clocked.officer)
    client.get(one(judged[0]))
    client.click("Recommend it")
    assert "The assessors gave it 100% of the points that can be had." in client.last.html
    page = client.submit("Recommend it", capital="", rationale="")
    assert page.status == 422 and "Say why you recommend it." in page.text
    page = client.submit("Recommend it", capital="", rationale="Strong.")
    assert page.status == 422 and "Enter an amount for capital, for revenue or for both." in page.text
    page = client.submit("Recommend it", capital="90000")
    assert page.status == 422 and "There is not enough capital left for that." in page.text and "90000" in page.html
    client.submit("Recommend it", capital="20000", conditions="Open on Sundays.")
    assert "Recommended. Consultees are asked for their view" in client.follow().text
    decision = db.session.query(Decision).one()
    assert (decision.amounts, decision.conditions, decision.rationale) == (
        Amounts.of(20_000_00, 0),
        "Open on Sundays.",
        "Strong.",
    )
    assert decision.expires_at is not None
    for rest in ("/recommendation", "/answer", "/ruling"):
        assert client.get(one(judged[0], rest)).status == 404


def test_several_are_recommended_after_a_summary_all_or_none(clocked, arrive, judged):
    client = arrive(clocked.officer)
    client.get(staff(clocked, "/ranking"))
    page = client.submit("Recommend the chosen ones", application=[judged[0].id, judged[2].id])
    assert page.status == 200 and "Trees for the school" in page.text
    page = client.submit("See them together", {f"a{judged[2].id}-capital": "lots"})
    assert page.status == 422 and "Enter an amount in pounds" in page.text and "lots" in page.html
    page = client.submit("See them together", {f"a{judged[2].id}-capital": "4000"})
    assert page.h1 == "Check what you recommend" and "£31,000" in page.text
    judging.recommend(judged[2], Terms(Amounts.of(1, 0), "x"), by=clocked.other_officer, now=clocked.now)
    page = client.submit("Recommend them")
    assert page.status == 409 and "One of them was recommended or answered meanwhile." in page.text
    assert of_subject(judged[0].name) is None and "Trees for the school" not in page.text
    client.submit("See them together")
    client.submit("Recommend them")
    assert "1 is recommended." in client.follow().text
    assert of_subject(judged[0].name).status == "proposed"


def test_the_summary_says_when_it_is_more_than_there_is(clocked, arrive, judged):
    client = arrive(clocked.officer)
    client.get(staff(clocked, "/ranking"))
    client.submit("Recommend the chosen ones", application=[judged[0].id, judged[1].id])
    page = client.submit("See them together", {f"a{judged[0].id}-capital": "45000"})
    assert "This is more than there is left." in page.text
    client.submit("Recommend them")
    assert "2 are recommended." in client.follow().text
    assert db.session.query(Award).filter_by(status="proposed").count() == 2


def test_nothing_chosen_says_what_to_do(clocked, arrive, judged):
    client = arrive(clocked.officer)
    for query in ("", "?application=x", "?application=99999999999999999999", "?application=-1"):
        assert (
            "Nothing is chosen that can be recommended." in client.get(staff(clocked, f"/recommendations{query}")).text
        )
    assert client.post(staff(clocked, "/recommendations"), {"act": "recommend"}).status == 422


def test_it_is_ruled_out_with_a_reason_and_taken_up_again(clocked, arrive, judged, outbox):
    client = arrive(clocked.officer)
    client.get(one(judged[0], "/ruling"))
    assert client.submit("Rule it out and tell them").status == 422
    client.submit("Rule it out and tell them", why="The site is in Kent.")
    assert "Ruled out, and told to those who applied." in client.follow().text
    assert outbox()[-1].name == "crowdfund/application_ruled_out" and "The site is in Kent." in outbox()[-1].text
    client.click("Take it up again")
    client.submit("Take it up again", why="It is in Bexley after all.")
    assert "It is with the assessors again." in client.follow().text
    assert again(judged[0]).status == "submitted"


def test_answers_begin_with_what_was_weakest_and_go_on_to_the_next(clocked, arrive, judged, outbox):
    client = arrive(clocked.officer)
    client.get(staff(clocked, "/answers"))
    assert "3 applications are neither recommended nor answered." in client.last.text
    client.get(one(judged[2], "/answer"))
    assert "What the assessors found: A few friends." in client.last.html
    assert "What would have been strongest: The whole street." in client.last.html
    assert client.submit("Send it and go to the next", feedback="").status == 422
    client.submit("Send it and go to the next", feedback="Ask the street first.")
    assert client.follow().h1 == f"Answer: {judged[0].title}"
    assert outbox()[-1].name == "crowdfund/application_turned_down" and "Ask the street first." in outbox()[-1].text
    client.submit("Send it and stop", feedback="Very near.")
    assert client.follow().h1 == "Those without an answer"
    client.get(one(judged[1], "/answer"))
    client.submit("Send the answer", feedback="Too large.")
    assert client.follow().h1 == "Make London"
    assert "Everybody has an answer" in client.get(staff(clocked, "/answers")).text
    with pytest.raises(judging.SaidAlready):
        judging.turn_down(judged[0], feedback="x", language="en", by=clocked.officer, now=clocked.now)


def test_an_answer_begins_in_the_language_of_the_application(clocked, arrive, judged):
    judged[2].language = "pl"
    page = arrive(clocked.officer).get(one(judged[2], "/answer"))
    assert page.status == 200 and "A few friends." in page.html


def test_a_round_is_closed_once_everybody_has_an_answer(clocked, arrive, judged):
    client = arrive(clocked.officer)
    page = client.get(staff(clocked, "/closing"))
    assert "3 applications are neither awarded nor answered yet." in page.text
    assert client.post(staff(clocked, "/closing")).status == 409
    for each in judged:
        judging.turn_down(each, feedback="x", language="en", by=clocked.officer, now=clocked.now)
    client.get(staff(clocked, "/closing"))
    client.submit("Close the round")
    assert "The round is closed." in client.follow().text


def test_the_file_holds_what_was_handed_in_and_nothing_of_who_gave_up(clocked, arrive, judged):
    judged[0].answers = {"difference": "=HYPERLINK(1)", "bank": "yes"}
    applying.withdraw(judged[1], why="x", by=clocked.make.member(), now=clocked.now)
    draft = clocked.round  # a draft that was given up was never handed in
    gone = Application(
        round_id=draft.id, title="Never sent", answers={}, created_at=clocked.now, status="withdrawn", findings=[]
    )
    db.session.add(gone)
    db.session.flush()
    answer = arrive(clocked.officer).get(staff(clocked, "/applications.csv"))
    rows = list(csv.reader(io.StringIO(answer.response.text.lstrip("\ufeff"))))
    assert rows[0][-2:] == ["What difference will it make?", "Has your group a bank account of its own?"]
    by_number = {row[0]: row for row in rows[1:]}
    assert (
        by_number[str(judged[0].id)][2] == "A roof for the market"
        and by_number[str(judged[0].id)][-2] == "'=HYPERLINK(1)"
    )
    assert by_number[str(judged[0].id)][7:10] == ["25000.00", "0.00", "25000.00"]
    assert set(by_number[str(judged[1].id)][2:]) == {""} and by_number[str(judged[1].id)][1] == "withdrawn"
    assert str(gone.id) not in by_number
    assert answer.headers["Cache-Control"] == "no-store" and "attachment" in answer.headers["Content-Disposition"]


def test_the_file_holds_nothing_of_what_is_hidden_from_its_reader(clocked, arrive, judged):
    interests.declare(judged[0].name, user=clocked.officer, has_interest=True, words="My brother.", now=clocked.now)
    text = arrive(clocked.officer).get(staff(clocked, "/applications.csv")).response.text
    assert judged[0].title not in text and judged[1].title in text


def test_the_file_is_for_those_who_run_the_round_after_the_deadline(clocked, arrive, judged):
    for person in (clocked.consultee, clocked.approver, clocked.finance, clocked.make.staff("challenge_manager")):
        assert arrive(person).get(staff(clocked, "/applications.csv")).status == 403
    clocked.now -= timedelta(days=1)
    assert arrive(clocked.officer).get(staff(clocked, "/applications.csv")).status == 403


def test_a_round_called_off_before_its_deadline_is_never_read(clocked, arrive):
    sent = clocked.applied(clocked.campaign(title="A roof for the market"))
    rounds.cancel(clocked.round, why="x", by=clocked.officer, now=clocked.now)
    clocked.now += timedelta(days=90)
    client = arrive(clocked.officer)
    assert client.get(one(sent)).status == 404
    page = client.get(staff(clocked, "/applications"))
    assert "called off before its deadline, so nobody reads them" in page.text and "roof" not in page.html
    assert client.get(staff(clocked, "/applications.csv")).status == 403
    assert client.get(staff(clocked, "/ranking")).status == 403
    assert client.get(staff(clocked, "/answers")).status == 409


def test_the_list_of_three_hundred_costs_few_statements(clocked, arrive):
    for number in range(300):
        db.session.add(
            Application(
                round_id=clocked.round.id,
                title=f"Project {number}",
                person_id=clocked.make.member().id if number == 0 else None,
                answers={},
                findings=[],
                created_at=clocked.now,
                submitted_at=clocked.now,
                status="submitted",
            )
        )
    db.session.flush()
    clocked.after_the_deadline()
    client = arrive(clocked.officer)
    client.get("/en/staff/rounds")
    path = staff(clocked, "/applications")
    with statements() as seen:
        page = client.get(path)
    seen.at_most(6)
    assert page.status == 200 and "Next page" in page.text
    path = staff(clocked, "/ranking")
    with statements() as seen:
        assert client.get(path).status == 200
    seen.at_most(10)


@pytest.mark.parametrize("language", ("pl", "ar", "xx"))
def test_every_page_after_the_deadline_speaks_every_language(clocked, arrive, judged, language):
    judging.rule_out(judged[1], why="Powód.", by=clocked.officer, now=clocked.now)
    client = arrive(clocked.officer)
    paths = [f"{clocked.round.slug}{each}" for each in ("", "/applications", "/ranking", "/answers", "/closing",
             f"/recommendations?application={judged[0].id}&application={judged[2].id}", "/recommendations")]  # fmt: skip
    paths += [f"applications/{judged[0].id}{each}" for each in ("", "/recommendation", "/ruling", "/answer")]
    paths += [f"applications/{judged[1].id}{each}" for each in ("", "/reinstatement")]
    for path in paths:
        assert client.get(f"/{language}/staff/rounds/{path}").status == 200, path
