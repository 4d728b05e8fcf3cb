"""Officers write a round in steps, nobody sees it before it opens, and afterwards only deadlines move, and only to later."""

from datetime import date, timedelta

import pytest

from civic.core.clock import london_minute
from civic.core.db import db
from civic.crowdfund.rounds.actions import rounds
from civic.crowdfund.rounds.actions.rounds import Condition, HasPassed
from civic.crowdfund.rounds.models import EligibilityRule, Round, RoundQuestion, RoundTier
from civic.grants.actions import funds
from civic.grants.queries.funds import pot_by_owner
from civic.grants.rules.amounts import Amounts
from tests.crowdfund.rounds.town import queries_round

DATES = {
    "applications_open_at": (date(2026, 12, 1), "09:00"),
    "applications_close_at": (date(2027, 1, 31), ""),
    "decided_by": (date(2027, 3, 1), None),
    "announced_on": (date(2027, 3, 8), None),
    "agreements_by": (date(2027, 6, 1), None),
}


def typed(name, day, clock):
    """A date as it is typed in its boxes."""
    boxes = {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    return boxes if clock is None else boxes | {f"{name}-time": clock}


@pytest.fixture
def officer(clocked, arrive):
    return arrive(clocked.officer)


@pytest.fixture
def draft(clocked):
    return clocked.round_of(is_open=False, title="Spring")


def of(round_, rest=""):
    return f"/en/staff/rounds/{round_.slug}{rest}"


def test_a_round_from_nothing_to_its_opening(clocked, officer):
    officer.get("/en/staff/rounds")
    officer.click("Begin a round")
    officer.submit("Start writing", title="Make London, spring 2027")
    page = officer.follow()
    made = db.session.query(Round).filter_by(title="Make London, spring 2027").one()
    assert made.slug == "make-london-spring-2027" and "Say what the round is for" in page.text

    officer.click("What it is for")
    officer.submit("Save", theme="Places that bring **people** together.")
    officer.follow()
    officer.click("Dates")
    sent = {}
    for name, (day, clock) in DATES.items():
        sent |= typed(name, day, clock)
    officer.submit("Save", sent)
    officer.follow()
    fresh = queries_round(made)
    assert fresh.applications_close_at == london_minute(date(2027, 1, 31)) and fresh.decided_by == date(2027, 3, 1)

    officer.click("Sizes of pledge")
    officer.click("Add a size of pledge")
    officer.submit("Save the size of pledge", title="Up to £5,000", most="5000", needs_target=False)
    officer.follow()
    officer.click("Add a size of pledge")
    officer.submit("Save the size of pledge", title="Up to £50,000", most="50,000", needs_target=True)
    officer.follow()
    officer.click("Go on to the conditions")

    officer.get(of(made, "/questions/new"))
    officer.submit("Save the question", text="What difference will it make?", most_words="150", is_public=True)
    officer.follow()
    officer.click("Add a question")
    officer.submit("Save the question", text="Have you a bank account?", is_yes_no=True)
    officer.follow()

    clocked.write_criteria(made)
    pot = pot_by_owner(made.name)
    clocked.give(Amounts.of(10_000_00, 5_000_00))
    funds.allot(pot, Amounts.of(10_000_00, 5_000_00), why="x", by=clocked.officer, now=clocked.now)
    officer.get(of(made))
    officer.click("Check and open")
    assert "Everything is there." in officer.last.text
    assert "1 December 2026, 9:00am until 31 January 2027, 11:59pm" in officer.last.text
    officer.submit("Open the round")
    assert "The round is open" in officer.follow().text
    page = officer.get(f"/en/rounds/{made.slug}")
    assert "You can apply from 1 December 2026, 9:00am." in page.text


def test_what_is_missing_stands_in_words_each_with_its_link(clocked, officer):
    bare = rounds.make(clocked.fund, title="Bare", language="en", by=clocked.officer, now=clocked.now)
    page = officer.get(of(bare, "/opening"))
    assert page.h1 == "Some things are still missing"
    assert page.link("Set the date: Applications: until").href == of(bare, "/edit/dates")
    assert page.link("Add at least one size of pledge").href == of(bare, "/tiers")
    assert page.link("Add at least one question to applicants").href == of(bare, "/questions")
    assert "Write the criteria by which applications are judged" in page.text
    assert "Set money of the fund aside for this round" in page.text
    assert officer.post(of(bare, "/opening")).status == 422


def test_dates_the_wrong_way_round_are_told(clocked, officer, draft):
    officer.get(of(draft, "/edit/dates"))
    officer.submit("Save", typed("assessed_by", date(2030, 1, 1), None))
    officer.follow()
    page = officer.get(of(draft, "/opening"))
    assert "“Assessed by” must not be later than “Decided by”" in page.text


def test_a_date_that_is_none_stays_as_it_was_typed(clocked, officer, draft):
    officer.get(of(draft, "/edit/dates"))
    page = officer.submit("Save", {"decided_by-day": "31", "decided_by-month": "2"})
    assert page.status == 422 and "Enter a real date" in page.text
    values = page.forms[-1].values()
    assert (values["decided_by-day"], values["decided_by-month"]) == (["31"], ["2"])


@pytest.mark.parametrize(
    "kind, typed, value, sentence",
    (
        ("organisation_kinds", {"kinds": ["cic", "cooperative"]}, ["cic", "cooperative"],
         "You apply for an organisation of one of these kinds: Community interest company (CIC) or Co-operative society."),
        ("individuals", {"individuals": "no"}, False, "Only organisations may apply."),
        ("ask_at_most", {"amount": "5000"}, 5_000_00, "You ask for £5,000 at most."),
        ("share_at_most", {"percent": "75"}, 75, "You ask for at most 75% of what the project costs."),
        ("turnover_below", {"amount": "50,000"}, 50_000_00, "Your turnover is less than £50,000 a year."),
        ("yes_to", {"question": "bank"}, "bank", "You answer “yes” to this question: Has your group a bank account of its own?"),
    ),
)  # fmt: skip
def test_a_condition_gets_a_sentence_that_one_can_change(clocked, officer, draft, kind, typed, value, sentence):
    tier = queries_round(draft).tiers[0]
    officer.get(of(draft, "/conditions"))
    officer.click("Add a condition")
    officer.submit("Go on", kind=kind, tier=tier.id)
    officer.follow()
    page = officer.submit("Save the condition", typed)
    assert page.status == 200 and "We propose the sentence below." in page.text and sentence in page.html
    officer.submit("Save the condition", sentence=f"{sentence} Really.")
    assert f"{sentence} Really." in officer.follow().text
    rule = db.session.query(EligibilityRule).order_by(EligibilityRule.id.desc()).first()
    assert (rule.kind, rule.value, rule.tier_id) == (kind, value, tier.id)
    officer.get(of(draft, f"/conditions/{rule.id}"))
    officer.submit("Save the condition", sentence="Shorter.")
    assert "Shorter." in officer.follow().text and db.session.get(EligibilityRule, rule.id).value == value


@pytest.mark.parametrize(
    "kind", ("in_london", "organisation_verified", "referee", "campaign_live", "campaign_closes", "within_costs")
)
def test_a_condition_without_a_value_has_its_sentence_at_once(clocked, officer, draft, kind):
    officer.get(of(draft, f"/conditions/new/{kind}"))
    assert officer.submit("Save the condition").status == 303
    rule = db.session.query(EligibilityRule).order_by(EligibilityRule.id.desc()).first()
    assert (rule.kind, rule.tier_id) == (kind, None) and len(rule.sentence) > 20


@pytest.mark.parametrize(
    "kind, typed, error",
    (
        ("share_at_most", {"percent": "0"}, "Enter a number from 1 to 100."),
        ("share_at_most", {"percent": ""}, "Enter a number from 1 to 100."),
        ("ask_at_most", {"amount": ""}, "Enter a sum."),
        ("ask_at_most", {"amount": "lots"}, "Enter an amount in pounds"),
        ("organisation_kinds", {"kinds": []}, "Choose at least one kind."),
        ("individuals", {}, "Choose yes or no."),
        ("yes_to", {}, "Choose a question."),
    ),
)
def test_a_value_that_means_nothing_is_refused_in_words(clocked, officer, draft, kind, typed, error):
    officer.get(of(draft, f"/conditions/new/{kind}"))
    page = officer.submit("Save the condition", typed)
    assert page.status == 422 and error in page.text


def test_a_condition_about_a_question_that_is_gone_stands_in_the_way(clocked, officer, draft):
    asked = next(each for each in queries_round(draft).questions if each.key == "bank")
    officer.get(of(draft, "/conditions/new/yes_to"))
    officer.submit("Save the condition", question="bank", sentence="You have one.")
    officer.get(of(draft, f"/questions/{asked.id}/removal"))
    officer.submit("Remove it")
    page = officer.get(of(draft, "/opening"))
    assert "A condition asks for a question that is not there (any more)" in page.text
    assert "Add one first." in officer.get(of(draft, "/conditions/new/yes_to")).text


def test_parts_are_changed_moved_and_removed(clocked, officer, draft):
    small, large = (each.id for each in queries_round(draft).tiers)
    officer.get(of(draft, "/tiers"))
    officer.post(of(draft, f"/tiers/{large}/place"), {"direction": "up"})
    assert [each.id for each in queries_round(draft).tiers] == [large, small]
    officer.get(of(draft, f"/tiers/{small}"))
    officer.submit("Save the size of pledge", title="Tiny", most="500")
    assert "Tiny" in officer.follow().text
    officer.get(of(draft, f"/tiers/{small}/removal"))
    assert "Its own conditions go with it." in officer.last.text
    officer.submit("Remove it")
    assert db.session.query(EligibilityRule).filter_by(tier_id=small).count() == 0
    asked = db.session.query(RoundQuestion).filter_by(round_id=draft.id, key="difference").one()
    officer.get(of(draft, f"/questions/{asked.id}"))
    officer.submit("Save the question", text="What will change?", most_words="9")
    assert "Enter a number from 10 to 2,000." in officer.last.text
    officer.submit("Save the question", most_words="90")
    fresh = db.session.get(RoundQuestion, asked.id)
    assert (fresh.key, fresh.text, fresh.most_words) == ("difference", "What will change?", 90)


@pytest.mark.parametrize("path", ("/tiers/999999", "/conditions/999999", "/questions/999999", "/tiers/999999/removal", "/other/1/removal",
                                  "/conditions/new/nonsense", "/edit/nonsense"))  # fmt: skip
def test_what_is_not_there_is_not_there(clocked, officer, draft, path):
    assert officer.get(of(draft, path)).status == 404


def test_a_part_of_another_round_is_not_changed_here(clocked, officer, draft):
    other = clocked.round_of(is_open=False)
    foreign = queries_round(other).tiers[0]
    assert officer.get(of(draft, f"/tiers/{foreign.id}")).status == 404
    assert officer.post(of(draft, f"/tiers/{foreign.id}/removal")).status == 404
    assert db.session.get(RoundTier, foreign.id) is not None


def test_two_officers_do_not_overwrite_each_other(clocked, arrive, draft):
    tier = queries_round(draft).tiers[0]
    asked = queries_round(draft).questions[0]
    rule = db.session.query(EligibilityRule).filter_by(round_id=draft.id, kind="in_london").one()
    for path, button, name in (
        ("/edit/about", "Save", "theme"),
        (f"/tiers/{tier.id}", "Save the size of pledge", "title"),
        (f"/questions/{asked.id}", "Save the question", "text"),
        (f"/conditions/{rule.id}", "Save the condition", "sentence"),
    ):
        one, two = arrive(clocked.officer), arrive(clocked.other_officer)
        one.get(of(draft, path))
        two.get(of(draft, path))
        assert two.submit(button, {name: "Words of two"}).status == 303, path
        page = one.submit(button, {name: "Words of one"})
        assert page.status == 409 and "while you were typing" in page.text and "Words of one" in page.html, path
        assert one.submit(button, {name: "Words of one"}).status == 303, path


def test_a_part_that_a_colleague_removed_is_told_and_not_a_surprise(clocked, arrive, draft):
    tier = queries_round(draft).tiers[0]
    one, two = arrive(clocked.officer), arrive(clocked.other_officer)
    one.get(of(draft, f"/tiers/{tier.id}"))
    two.get(of(draft, f"/tiers/{tier.id}/removal"))
    two.submit("Remove it")
    assert one.submit("Save the size of pledge", title="Back").status == 404


def test_once_it_is_open_only_what_hurts_nobody_can_be_changed(clocked, officer):
    page = officer.get(of(clocked.round, "/edit/about"))
    form = next(form for form in page.forms if "theme" in form.names)
    assert {"theme", "note"} <= form.names and not {"title", "funder", "needs_expression", "conditions"} & form.names
    for path in ("/tiers/new", "/conditions/new", "/conditions/new/in_london", "/questions/new", "/opening"):
        assert officer.get(of(clocked.round, path)).location.endswith(of(clocked.round))
    tier = queries_round(clocked.round).tiers[0]
    for path, sent in (
        ("/tiers/new", {"title": "x", "most": "1"}),
        (f"/tiers/{tier.id}", {"title": "x", "most": "1"}),
        (f"/tiers/{tier.id}/removal", {}),
        (f"/tiers/{tier.id}/place", {"direction": "down"}),
        ("/questions/new", {"text": "x", "stage": "application", "most_words": "10"}),
        ("/conditions/new/in_london", {"sentence": "x"}),
        ("/opening", {}),
    ):
        assert officer.post(of(clocked.round, path), sent).status == 409, path
    assert "Add a" not in officer.get(of(clocked.round, "/tiers")).text


def test_deadlines_move_to_later_before_they_have_passed(clocked, arrive, officer):
    closes = clocked.round.applications_close_at
    officer.get(of(clocked.round, "/edit/dates"))
    assert "deadlines can only be moved to later" in officer.last.text
    later = (closes + timedelta(days=2)).date()
    officer.submit("Save", typed("applications_close_at", later, "12:00") | typed("campaigns_live_by", later, "11:00"))
    assert officer.last.status == 303
    assert queries_round(clocked.round).applications_close_at == london_minute(later, "12:00")
    officer.get(of(clocked.round, "/edit/dates"))
    page = officer.submit("Save", typed("applications_close_at", later, "11:59"))
    assert page.status == 409 and "cannot be changed any more" in page.text
    clocked.round = queries_round(clocked.round)
    clocked.after_the_deadline()
    page = arrive(clocked.officer).get(of(clocked.round, "/edit/dates"))
    assert not any("applications_close_at-day" in form.names for form in page.forms)


def test_a_deadline_that_has_passed_is_never_moved(clocked):
    clocked.after_the_deadline()
    closes = clocked.round.applications_close_at
    with pytest.raises(HasPassed):
        rounds.tell(
            clocked.round, {"applications_close_at": closes + timedelta(days=9)}, by=clocked.officer, now=clocked.now
        )
    rounds.tell(clocked.round, {"decided_by": date(2027, 2, 1)}, by=clocked.officer, now=clocked.now)


def test_a_round_is_called_off_with_a_reason_and_reopened_after_its_closing(clocked, arrive, officer, draft):
    officer.get(of(draft, "/cancellation"))
    assert officer.submit("Give it up").status == 422
    officer.submit("Give it up", why="A mistake.")
    assert "Called off" in officer.follow().text
    assert arrive().get(f"/en/rounds/{draft.slug}").status == 404
    officer.get(of(clocked.round, "/closing"))
    officer.submit("Close the round")
    assert "The round is closed." in officer.follow().text
    assert officer.get(of(clocked.round, "/cancellation")).status == 409
    officer.get(of(clocked.round))
    officer.click("Take the round up again")
    officer.submit("Take it up again", why="One answer was lost.")
    assert "The round is open again." in officer.follow().text
    assert officer.get(of(clocked.round, "/reopening")).status == 409


def test_titles_that_are_alike_get_addresses_of_their_own(clocked):
    slugs = [
        rounds.make(clocked.fund, title=title, language="en", by=clocked.officer, now=clocked.now).slug
        for title in ("Spring", "Spring", "new", "!!!")
    ]
    assert slugs == ["spring", "spring-2", "new-round", "round"]


def test_without_a_fund_one_is_told_what_comes_first(clocked, arrive, make):
    page = arrive(make.staff("challenge_manager")).get("/en/staff/rounds/new")
    assert "There is no open fund that you run." in page.text
    page = arrive(make.staff("challenge_manager")).post(
        "/en/staff/rounds/new", {"fund": clocked.fund.id, "title": "x", "language": "en"}
    )
    assert page.status == 422


@pytest.mark.parametrize("language", ("pl", "ar", "xx"))
def test_every_page_of_writing_speaks_every_language(clocked, arrive, draft, language):
    rounds.set_conditions(draft, [Condition("yes_to", "Tak.", "bank")], [])
    bare = rounds.make(clocked.fund, title="Bare", language="pl", by=clocked.officer, now=clocked.now)
    tier, asked = queries_round(draft).tiers[0], queries_round(draft).questions[0]
    rule = db.session.query(EligibilityRule).filter_by(round_id=draft.id).one()
    client = arrive(clocked.officer)
    paths = ["", "/new", *(f"/{bare.slug}{each}" for each in ("", "/opening", "/conditions", "/questions", "/tiers"))]
    paths += [f"/{draft.slug}{each}" for each in ("", "/edit/about", "/edit/dates", "/tiers", "/tiers/new", f"/tiers/{tier.id}",
              f"/tiers/{tier.id}/removal", "/conditions", "/conditions/new", "/conditions/new/yes_to", "/conditions/new/individuals",
              "/conditions/new/organisation_kinds", "/conditions/new/share_at_most", f"/conditions/{rule.id}", "/questions",
              "/questions/new", f"/questions/{asked.id}", "/opening", "/cancellation")]  # fmt: skip
    paths += [
        f"/{clocked.round.slug}{each}"
        for each in ("", "/edit/about", "/edit/dates", "/closing", "/cancellation", "/applications")
    ]
    for path in paths:
        assert client.get(f"/{language}/staff/rounds{path}").status == 200, path
