"""A scheme from nothing to its end, as staff write, approve and run it."""

import pytest

from civic.core.db import db
from civic.core.money import GBP, Money
from civic.crowdfund.matching.actions import drafts
from civic.crowdfund.matching.forms.rule import RuleFields
from civic.crowdfund.matching.models import MatchPlace, MatchScheme
from civic.crowdfund.matching.rules.terms import Fixed, LumpSum, PerBacker, Ratio
from tests.crowdfund.matching.desk import DESK, of, typed_on


def test_a_scheme_from_nothing_to_its_end(avenue, officer, mayor):
    campaign = avenue.live()
    officer.get(DESK)
    officer.click("Begin a scheme")
    officer.submit(
        "Begin the scheme",
        title="Patrons of Hackney",
        summary="Patrons double gifts.",
        kind="ratio",
        ratio_pence_per_pound="0.50",
        ratio_per_gift="20",
    )
    page = officer.follow()
    made = db.session.query(MatchScheme).one()
    assert page.path == of(made, "/payers/new")
    assert made.slug == "patrons-of-hackney" and made.formula == Ratio(50, per_gift=GBP(20))
    officer.submit("Save the funder", fund=str(avenue.fund.id), name="Patrons of Hackney", at_most="1,000")
    page = officer.follow()
    assert "Together there will be £1,000 in the pot." in page.text
    officer.get(of(made, "/campaigns"))
    officer.submit(f"Add {campaign.title}")
    assert "It has joined" in officer.follow().text
    officer.get(of(made))
    page = officer.click("Check and propose")
    assert "Patrons of Hackney" in page.text and "For each £1 that is given by card, £0.50 is added." in page.text
    officer.submit("Propose it", why="Neighbours asked for it.")
    page = officer.follow()
    assert "Waits for approval" in page.text and page.path == of(made)

    page = mayor.get(DESK)
    page = mayor.click("Patrons of Hackney")
    assert "Neighbours asked for it." in page.text and "£1,000 is set aside" in page.text
    page = mayor.submit("Approve it", number="")
    assert page.status == 422 and "Enter the number of the decision." in page.text
    mayor.submit("Approve it", number="DD2605")
    page = mayor.follow()
    assert "Running" in page.text and "DD2605" in page.text and "£1,000 of £1,000 is left in the pot." in page.text
    gift = avenue.gift(campaign, GBP(30))
    db.session.commit()

    page = officer.get(of(made))
    assert "£985 of £1,000 is left in the pot." in page.text and "Gift 1" in page.text
    officer.click("End the scheme")
    page = officer.submit("End the scheme", why=" ")
    assert page.status == 422 and "£985 in the pots was promised to nobody" in page.text
    officer.submit("End the scheme", why="The year is over.")
    page = officer.follow()
    assert "Ended" in page.text and "The year is over." in page.text and gift.amount == GBP(30)
    assert avenue.problems() == []


def test_the_list_is_empty_at_first_and_tells_what_stands(avenue, officer, mayor):
    assert "No schemes yet" in officer.get(DESK).text
    assert "Schemes that wait for your approval stand here." in mayor.get(DESK).text
    avenue.running(avenue.live())
    db.session.commit()
    assert "£1,000 of £1,000 left" in officer.get(DESK).text


# Writing.


RULES = [
    (Ratio(100, per_person=GBP(30), per_person_in_scheme=GBP(40), per_campaign=GBP(500)), "£1"),
    (PerBacker(GBP(5), GBP(10), per_campaign=GBP(100)), "£5"),
    (LumpSum(GBP(500), percent=50, backers=3), "£500"),
    (Fixed(GBP(250), backers=10), "£250"),
]


@pytest.mark.parametrize(("formula", "words"), RULES)
def test_every_rule_is_typed_kept_and_shown_as_it_was(avenue, officer, draft, formula, words):
    typed = {
        name: f"{value.minor // 100}" if isinstance(value, Money) else value
        for name, value in RuleFields.typed(formula).items()
        if value is not None
    }
    officer.get(of(draft, "/edit/rule"))
    officer.submit("Save", typed, counts_past="yes")
    assert words in officer.follow().text
    fresh = avenue.scheme(draft)
    assert (fresh.formula, fresh.counts_past) == (formula, True)
    shown = typed_on(officer.get(of(draft, "/edit/rule")), "Save")
    assert {name: [str(value)] for name, value in typed.items()}.items() <= shown.items()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"kind": ""}, "Choose how gifts are matched."),
        ({"ratio_pence_per_pound": ""}, "Enter an amount in pounds, like 20 or 20.50."),
        ({"ratio_pence_per_pound": "12"}, "Choose from 1p to £10 for each pound."),
        ({"ratio_per_gift": "twenty"}, "Enter an amount in pounds, like 20 or 20.50."),
        ({"ratio_per_gift": "50", "ratio_per_person": "20"}, "It could never be given in full"),
        ({"kind": "per_backer", "per_backer_each": "5", "per_backer_least": "0"}, "It must be more than nothing."),
        ({"kind": "lump_sum", "lump_sum_each": "500"}, "Say at least one thing that a campaign must have reached."),
        ({"kind": "lump_sum", "lump_sum_each": "500", "lump_sum_percent": "101"}, "Choose from 1 to 100 percent"),
        ({"kind": "fixed", "fixed_each": "5", "fixed_backers": "0"}, "At least one backer is needed."),
        ({"kind": "fixed", "fixed_each": "5", "fixed_backers": ""}, "Enter a whole number, like 12."),
    ],
)
def test_what_cannot_work_is_said_at_its_field_and_what_was_typed_stays(avenue, officer, draft, typed, words):
    officer.get(of(draft, "/edit/rule"))
    before = draft.formula
    known = {"kind": "ratio", "ratio_pence_per_pound": "2", "counts_past": "yes", "ratio_per_campaign": "777"}
    page = officer.post(of(draft, "/edit/rule"), known | typed)
    assert page.status == 422 and words in page.text and "There is a problem" in page.text
    assert 'value="777"' in page.html and avenue.scheme(draft).formula == before


def test_numbers_of_rules_that_were_not_chosen_stand_in_nobodys_way(avenue, officer, draft):
    typed = {"kind": "fixed", "fixed_each": "5", "fixed_backers": "2", "ratio_per_gift": "much", "counts_past": "no"}
    page = officer.get(of(draft, "/edit/rule"))
    page = officer.post(of(draft, "/edit/rule"), typed | {"seen": typed_on(page, "Save")["seen"]})
    assert page.status == 303 and avenue.scheme(draft).formula == Fixed(GBP(5), backers=2)


def test_a_title_is_needed_and_the_words_that_were_typed_stay(officer, draft):
    officer.get(of(draft, "/edit/about"))
    page = officer.submit("Save", title=" ", summary="New words.")
    assert page.status == 422 and "Enter a title." in page.text and "New words." in page.html


@pytest.mark.parametrize(
    ("step", "typed", "kept"),
    [
        ("about", {"title": "Mine"}, "Theirs"),
        ("rule", {"kind": "ratio", "ratio_pence_per_pound": "2"}, "£3 is added"),
    ],
)
def test_nobody_overwrites_what_a_colleague_saved(avenue, officer, draft, step, typed, kept):
    officer.get(of(draft, f"/edit/{step}"))
    drafts.describe(draft, title="Theirs", summary="", language="en")
    drafts.set_rule(draft, Ratio(300), counts_past=False)
    db.session.commit()
    page = officer.submit("Save", typed)
    assert page.status == 409 and "How it stands now" in page.text and kept in page.text
    page = officer.submit("Save", typed)
    assert page.status == 303, "seen once, it can be saved"
    fresh = avenue.scheme(draft)
    assert fresh.title == "Mine" if step == "about" else fresh.formula == Ratio(200)


def test_there_are_no_other_steps(officer, draft):
    assert officer.get(of(draft, "/edit/money")).status == 404


def test_a_draft_is_thrown_away_and_gone(officer, draft):
    officer.get(of(draft))
    officer.click("Throw this draft away")
    officer.submit("Throw it away")
    assert "No schemes yet" in officer.follow().text
    assert officer.get(of(draft)).status == 404


def test_what_the_simulator_tried_comes_along(avenue, officer):
    campaign, over = avenue.live(), avenue.make.campaign("delivered")
    db.session.commit()
    asked = f"?kind=per_backer&per_backer_each=5&per_backer_least=10&pot=400&counts_past=yes&campaigns={campaign.slug}+{over.slug}"
    page = officer.get(f"{DESK}/new{asked}")
    assert "The rule below is the one you tried." in page.text and "There is a problem" not in page.text
    officer.submit("Begin the scheme", title="New")
    page = officer.follow()
    made = db.session.query(MatchScheme).one()
    assert (made.slug, made.formula) == ("new-scheme", PerBacker(GBP(5), GBP(10)))
    assert [each.campaign_id for each in db.session.query(MatchPlace)] == [campaign.id]
    assert 'value="400"' in page.html


def test_two_schemes_of_one_name_have_two_addresses(officer):
    for _ in range(2):
        officer.get(f"{DESK}/new")
        officer.submit("Begin the scheme", title="Twins", kind="fixed", fixed_each="5", fixed_backers="1")
    assert {each.slug for each in db.session.query(MatchScheme)} == {"twins", "twins-2"}
