"""The promise on a pledge: the same plain sentence everywhere, true in every state."""

from datetime import timedelta
from itertools import product

import pytest
from markupsafe import Markup

from civic.core.i18n import speaking
from civic.core.money import GBP
from civic.crowdfund.models import Pledge
from civic.crowdfund.rules import choices
from civic.crowdfund.rules.promise import Asked, Promised, consent_sentence, promise_sentence
from tests.conftest import NOW

LATER, BEFORE = NOW + timedelta(days=25), NOW - timedelta(hours=1)
GARDEN = "A garden for everybody"
UNTOUCHED = "Nothing has left your account"
NEVER = f"{UNTOUCHED}, and nothing will."
TAKEN = "£20 was taken from your card on 23 November 2026"
REACHED = f"{TAKEN}, because the campaign reached its target."


def campaign(status: str = "live", closes_at=LATER, **facts) -> Asked:
    return Asked(status, GARDEN, "Friends of the Pond", GBP(5000), closes_at, **facts)


def said(status: str, campaign_status: str = "live", *, closes_at=LATER, now=NOW, grace_until=None, **facts) -> str:
    promised = Promised(status, **({"amount": GBP(20), "taken_at": BEFORE} | facts))
    return str(promise_sentence(promised, campaign(campaign_status, closes_at, grace_until=grace_until), now))


@pytest.mark.parametrize(
    ("status", "campaign_status", "closes_at", "expected"),
    [
        (
            "awaiting_card",
            "live",
            LATER,
            f"You have promised nothing yet, because your card has not been saved. {UNTOUCHED}.",
        ),
        (
            "awaiting_card",
            "live",
            BEFORE,
            f"The campaign closed before your card was saved, so you have promised nothing. {NEVER}",
        ),
        (
            "authorised",
            "live",
            LATER,
            f"You have promised £20. {UNTOUCHED}. It will be taken when the campaign closes, on 18 "
            "December 2026, 12:00pm, and only if the campaign has reached £5,000 by then.",
        ),
        (
            "authorised",
            "live",
            BEFORE,
            f"You have promised £20. {UNTOUCHED}. The campaign closed on 23 November 2026, "
            "11:00am. It will be taken only if the pledges add up to £5,000.",
        ),
        (
            "charging",
            "collecting",
            BEFORE,
            "The campaign reached its target. £20 is being taken from your card now. We write to "
            "you when it has been taken.",
        ),
        (
            "collected",
            "collecting",
            BEFORE,
            f"{REACHED} We keep it for Friends of the Pond until everybody’s card has been asked.",
        ),
        (
            "collected",
            "shortfall",
            BEFORE,
            f"{REACHED} Too many other cards were refused: our staff decide whether the project "
            "goes ahead. If not, you get it back.",
        ),
        ("collected", "paying", BEFORE, f"{REACHED} It is on its way to Friends of the Pond."),
        ("collected", "funded", BEFORE, f"{REACHED} It has been paid to Friends of the Pond, less the fees."),
        (
            "collected",
            "refunding",
            BEFORE,
            f"{REACHED} The project cannot go ahead: all of it is being given back to your card.",
        ),
        (
            "refunded",
            "failed",
            BEFORE,
            f"{TAKEN}, and all of it has been given back. It can take ten days until you see it in your account.",
        ),
        (
            "disputed",
            "funded",
            BEFORE,
            f"{TAKEN}, and the payment is disputed with your bank. Your bank holds the money until it has decided.",
        ),
        ("dropped", "paying", BEFORE, f"Your bank did not let us take £20 in time, so your promise has ended. {NEVER}"),
        (
            "released",
            "failed",
            BEFORE,
            f"The campaign did not reach its target, so your promise of £20 has ended. {NEVER}",
        ),
        ("released", "withdrawn", BEFORE, f"The campaign was withdrawn, so your promise of £20 has ended. {NEVER}"),
        ("cancelled", "live", LATER, f"You cancelled your promise of £20. {NEVER}"),
        ("abandoned", "live", LATER, f"Your card was not saved, so you have promised nothing. {NEVER}"),
        (
            "refused",
            "collecting",
            BEFORE,
            "The campaign closed before your card was saved, so your promise could not be taken. "
            f"{NEVER} We have let your card go.",
        ),
    ],
)
def test_the_sentence_of_every_state(in_request, status, campaign_status, closes_at, expected):
    assert said(status, campaign_status, closes_at=closes_at) == expected


def test_a_card_that_needs_its_owner_says_until_when(in_request):
    until = said("past_due", "collecting", closes_at=BEFORE, grace_until=NOW + timedelta(days=7))
    assert until.endswith(
        "Nothing has left your account. Your card needs you by 30 November 2026, 12:00pm, or your promise ends."
    )
    over = said("past_due", "shortfall", closes_at=BEFORE, grace_until=BEFORE)
    assert over.endswith("Nothing has left your account. The time to put it right is over.")


def test_a_tip_is_named_apart_and_a_part_given_back_too(in_request):
    assert said("authorised", tip=GBP(2)).startswith("You have promised £20 and a tip of £2.")
    part = said("partly_refunded", "funded", tip=GBP(2), collected=GBP("7.50"))
    assert "£14.50 of it has been given back to your card, and £7.50 stays taken." in part


def test_a_raise_that_waits_for_its_card_leaves_the_old_promise_standing(in_request):
    waiting = said("authorised", pending=(GBP(50), GBP(0)))
    assert waiting.startswith("You have promised £20.")
    assert waiting.endswith("You asked to raise it to £50: that counts once your card is saved.")


MONEY_TAKEN = {"collected", "partly_refunded", "refunded", "disputed"}


@pytest.mark.parametrize(("status", "campaign_status"), list(product(choices.PLEDGE_STATES, choices.STATES)))
def test_every_pledge_of_every_campaign_says_whether_money_was_taken(in_request, status, campaign_status):
    for closes_at in (LATER, BEFORE):
        words = said(status, campaign_status, closes_at=closes_at, collected=GBP(10))
        assert "%(" not in words
        assert (UNTOUCHED in words) == (status not in MONEY_TAKEN | {"charging"}) or status == "charging"
        assert ("was taken from your card" in words) == (status in MONEY_TAKEN)


def test_every_state_of_the_model_has_its_sentence():
    reached = set(Pledge.TRANSITIONS.values()) | {before for before, _ in Pledge.TRANSITIONS}
    assert reached == set(choices.PLEDGE_STATES)


def test_a_sentence_speaks_the_language_in_which_it_is_read_and_keeps_pounds_whole(in_request):
    sentence = promise_sentence(Promised("authorised", GBP(20)), campaign(), NOW)
    with speaking("ar"):
        assert "\u2068£20\u2069" in str(sentence)
    assert "\u2068" not in str(sentence)


def test_a_sentence_is_safe_in_a_page_whatever_the_organisation_is_called(in_request):
    sly = Asked("funded", GARDEN, "<script>alert(1)</script>", GBP(5000), BEFORE)
    sentence = promise_sentence(Promised("collected", GBP(20), taken_at=BEFORE), sly, NOW)
    assert "<script>" not in Markup("{}").format(sentence)


def test_the_consent_says_how_much_when_on_what_condition_who_and_how_to_cancel(in_request):
    promised = Promised("awaiting_card", GBP(20), GBP(2))
    consent = str(consent_sentence(promised, campaign(), charged_by="Civic London"))
    assert consent == (
        "I promise £20 and a tip of £2 to “A garden for everybody” of Friends of the Pond. Civic London may charge my card once, "
        "with £22, when the campaign closes on 18 December 2026, 12:00pm, and only if it has reached £5,000 by then. "
        "If it has not, nothing is taken. Until it closes I can change or cancel this promise on my pledge’s page. "
        "If my bank refuses the charge, it may be tried again for 7 days."
    )
