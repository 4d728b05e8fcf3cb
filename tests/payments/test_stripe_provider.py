"""What goes to Stripe, and what never does: the words of the consent, our names, whole pence, and nothing of this machine."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
import stripe

from civic.core.money import GBP, Money
from civic.payments.provider import Bug, ConfigurationError, Declined, Processing, SetupRequest, Succeeded, Unknown
from civic.payments.stripe import StripeProvider, reading
from civic.payments.stripe.cards import CHECKOUT_LANGUAGES
from civic.payments.stripe.payments import statement_suffix
from tests.fakes.typed_requests import faults, params


def sent(world, name):
    """The parameters of the latest call of a name."""
    return next(call.params for call in reversed(world.fake.faults.seen) if call.name == name)


def test_the_page_shows_the_sentence_that_was_agreed_to(stripe_world):
    consent = (
        "You will be charged £25 only if A garden reaches £2,000 by 30 June 2027 at 11:59 pm. Civic London charges it."
    )
    stripe_world.setup(consent=consent, language="pl", reference="pledge:abc")
    session = sent(stripe_world, "checkout/sessions")
    assert session["custom_text"] == {"submit": {"message": consent}}
    assert session["consent_collection"] == {"payment_method_reuse_agreement": {"position": "hidden"}}
    assert (session["mode"], session["currency"], session["locale"]) == ("setup", "gbp", "pl")
    assert session["metadata"] == session["setup_intent_data"]["metadata"] == {"reference": "pledge:abc"}
    assert session["allowed_payment_method_types"] == ["card"]


def test_a_language_that_the_page_does_not_speak_follows_the_browser(stripe_world):
    stripe_world.setup(language="so")
    assert sent(stripe_world, "checkout/sessions")["locale"] == "auto"


def test_every_language_we_name_is_one_that_the_page_speaks():
    session = params("checkout._session_create_params.SessionCreateParams")
    assert [each for each in CHECKOUT_LANGUAGES if faults({"locale": each}, session)] == []


def test_a_charge_is_named_as_a_promise_kept_with_nobody_there(stripe_world):
    customer, method = stripe_world.saved_card()
    payment = stripe_world.prepared(
        customer, Money(2501), reference="charge:7", group="campaign:3", statement="Repair Café!"
    )
    stripe_world.provider.confirm_payment(payment, method, key="1")
    intent = sent(stripe_world, "payment_intents")
    assert (intent["amount"], intent["currency"], intent["transfer_group"]) == ("2501", "gbp", "campaign:3")
    assert (intent["metadata"], intent["statement_descriptor_suffix"]) == ({"reference": "charge:7"}, "Repair Caf")
    assert not {"payment_method", "off_session", "confirm", "payment_method_types"} & set(intent)
    confirmed = sent(stripe_world, "payment_intents/confirm")
    assert (confirmed["off_session"], confirmed["payment_method"]) == ("true", method)
    assert confirmed["payment_method_options"] == {"card": {"stored_credential_usage": "unscheduled"}}


def test_with_the_person_there_nothing_says_that_they_are_elsewhere(stripe_world):
    customer, method = stripe_world.saved_card("asks_always")
    payment = stripe_world.prepared(customer)
    stripe_world.provider.start_recovery(payment, method, return_url="https://civic.example/back", key="1")
    confirmed = sent(stripe_world, "payment_intents/confirm")
    assert "off_session" not in confirmed and confirmed["return_url"] == "https://civic.example/back"


def test_an_answer_that_is_only_repeated_is_not_believed(stripe_world):
    """A card was refused, the person paid with another; the same key then says "refused" again, for a day."""
    customer, poor = stripe_world.saved_card("fails_at_charge")
    _, good = stripe_world.saved_card("success", customer)
    payment = stripe_world.prepared(customer)
    first = stripe_world.provider.confirm_payment(payment, poor, key="confirm-1")
    paid = stripe_world.provider.confirm_payment(payment, good, key="confirm-2")
    assert isinstance(first, Declined) and isinstance(paid, Succeeded)
    assert stripe_world.provider.confirm_payment(payment, poor, key="confirm-1") == paid


def test_a_person_who_asks_twice_with_one_key_hears_what_is_true_now(stripe_world):
    customer, method = stripe_world.saved_card("asks_always")
    payment, page = stripe_world.prepared(customer), "https://civic.example/back"

    def ask():
        return stripe_world.provider.start_recovery(payment, method, return_url=page, key="recovery-1")

    assert ask().url == ask().url != ""
    stripe_world.answer_bank(payment)
    assert isinstance(ask().result, Succeeded)


def test_a_bank_that_is_asking_already_is_shown_again(stripe_world):
    customer, method = stripe_world.saved_card("asks_always")
    payment, page = stripe_world.prepared(customer), "https://civic.example/back"
    first = stripe_world.provider.start_recovery(payment, method, return_url=page, key="recovery-1")
    stripe_world.fake.handlers.asks_again = False
    assert stripe_world.provider.start_recovery(payment, method, return_url=page, key="recovery-2") == first


def test_a_card_that_stripe_has_forgotten_is_gone(stripe_world):
    stripe_world.provider.detach("pm_of_long_ago")


def test_a_card_that_stripe_will_not_let_go_is_our_mistake(stripe_world, monkeypatch):
    def refuses(*_):
        raise stripe.InvalidRequestError("no", None, "something_new", http_status=400)

    _, method = stripe_world.saved_card()
    monkeypatch.setattr(stripe_world.provider._client.v1.payment_methods, "detach", refuses)
    with pytest.raises(Bug):
        stripe_world.provider.detach(method)


@pytest.mark.parametrize(
    "session, intent, status, reason",
    [
        ("open", {"status": "requires_payment_method"}, "open", ""),
        ("open", {"status": "canceled"}, "failed", ""),
        ("complete", {"status": "processing"}, "open", ""),
        ("complete", {"status": "requires_payment_method", "last_setup_error": {"code": "x"}}, "failed", "x"),
        (
            "complete",
            {"last_setup_error": {"code": "card_declined", "decline_code": "lost_card"}},
            "failed",
            "lost_card",
        ),
        ("expired", {"status": "canceled", "last_setup_error": None}, "expired", ""),
        ("expired", None, "expired", ""),
    ],
)
def test_a_visit_is_open_until_its_card_is_saved_or_never_will_be(session, intent, status, reason):
    read = reading.setup(
        {"id": "cs_1", "status": session, "setup_intent": intent, "metadata": {"reference": "pledge:1"}}
    )
    assert (read.setup_id, read.status, read.reason, read.card) == ("cs_1", status, reason, None)
    assert read.reference == "pledge:1"


@pytest.mark.parametrize(
    "status, closed, state",
    [
        *(("active", False, "active"), ("pending", False, "pending"), ("restricted", False, "restricted")),
        *(("rejected", False, "restricted"), ("unsupported", None, "restricted"), ("active", True, "restricted")),
    ],
)
def test_only_an_active_account_that_is_not_closed_is_paid(status, closed, state):
    may = {"recipient": {"capabilities": {"stripe_balance": {"stripe_transfers": {"status": status}}}}}
    read = reading.payee({"id": "acct_1", "closed": closed, "configuration": may, "requirements": None})
    assert (read.state, read.requirements) == (state, ())


@pytest.mark.parametrize("configuration", [None, {}, {"recipient": None}, {"recipient": {"capabilities": None}}])
def test_an_account_of_which_stripe_says_nothing_waits(configuration):
    assert reading.payee({"id": "acct_1", "configuration": configuration}).state == "pending"


def test_an_organisation_is_asked_only_for_what_it_can_give():
    entries = [
        {"description": "identity.business_details", "awaiting_action_from": "user"},
        {"description": "identity.individual", "awaiting_action_from": "stripe"},
    ]
    read = reading.payee({"id": "acct_1", "requirements": {"entries": entries}})
    assert read.requirements == ("identity.business_details",)


@pytest.mark.parametrize("status", ["requires_capture", "processing"])
def test_a_payment_that_is_under_way_is_neither_taken_nor_refused(status):
    assert reading.payment({"id": "pi_1", "status": status}) == Processing("pi_1")


@pytest.mark.parametrize("facts", [{"status": "something new"}, {"status": "succeeded", "latest_charge": None}])
def test_a_payment_that_cannot_be_understood_is_unknown(facts):
    assert reading.payment({"id": "pi_1"} | facts) == Unknown()


@pytest.mark.parametrize(
    "words, suffix",
    [
        ("LONDON REPAIR CAFE", "LONDON REP"),
        ("Green & Co", "Green & Co"),
        ("Café Żabka", "Cafe Zabka"),
        ("<b>*\"'\\", "b"),
        ("  much   space  ", "much space"),
        ("2026", ""),
        ("مقهى", ""),
        ("", ""),
    ],
)
def test_a_bank_statement_has_plain_letters_and_room_for_our_own_name(words, suffix):
    assert statement_suffix(words) == suffix


def test_an_organisation_receives_and_nothing_more(stripe_world):
    stripe_world.onboarding()
    account = sent(stripe_world, "accounts")
    assert list(account["configuration"]) == ["recipient"]
    assert account["defaults"]["responsibilities"] == {
        "fees_collector": "application",
        "losses_collector": "application",
    }
    assert (account["dashboard"], account["metadata"]) == ("express", {"reference": "organisation:1"})


def test_a_new_address_for_an_organisation_is_a_new_address(stripe_world):
    first = stripe_world.onboarding(key="organisation-1")
    assert stripe_world.onboarding(key="organisation-1").url != first.url


@pytest.mark.parametrize("status", ["lost", "won", "warning_closed", "prevented", "needs_response", "under_review"])
@pytest.mark.parametrize("more", [{}, {"evidence_details": {"due_by": None}}])
def test_a_dispute_is_open_won_or_lost(status, more):
    facts = {"id": "dp_1", "charge": "ch_1", "amount": 2500, "currency": "gbp", "reason": "general", "status": status}
    read = reading.dispute(facts | more)
    wanted = {"lost": "lost", "won": "won", "warning_closed": "won", "prevented": "won"}
    assert (read.status, read.withdrawn) == (wanted.get(status, "open"), status not in ("warning_closed", "prevented"))


@pytest.mark.parametrize(
    "category, kind",
    [
        ("charge", "charge"),
        ("refund", "refund"),
        ("refund_failure", "refund_failure"),
        ("dispute", "dispute"),
        ("dispute_reversal", "dispute_reversal"),
        ("transfer", "transfer"),
        ("transfer_reversal", "transfer_reversal"),
        ("payout", "payout"),
        ("payout_reversal", "payout"),
        ("fee", "fee"),
        ("network_cost", "fee"),
        ("other_adjustment", "other"),
        ("something new", "other"),
    ],
)
def test_a_line_of_the_balance_is_of_one_kind(category, kind):
    line = {"id": "txn_1", "amount": -5, "fee": 1, "net": -6, "currency": "gbp", "created": 0, "available_on": 0}
    read = reading.entry(line | {"reporting_category": category, "source": None})
    assert (read.kind, read.net, read.source_id) == (kind, Money(-6), "")


@pytest.mark.parametrize(
    "key, mode", [("sk_test_1", "test"), ("rk_test_1", "test"), ("sk_live_1", "live"), ("rk_live_1", "live")]
)
def test_the_mode_is_the_keys(key, mode):
    assert StripeProvider(key).mode == mode


@pytest.mark.parametrize("key", ["", "pk_test_1", "pk_live_1", "whsec_1", "sk_1", "test"])
def test_what_is_no_secret_key_is_refused_at_the_start(key):
    with pytest.raises(ConfigurationError):
        StripeProvider(key)


def test_the_library_is_patient_and_says_nothing_about_this_machine(stripe_world):
    provider = StripeProvider("sk_test_1")
    options, http = provider._client._requestor._options, provider._client._requestor._client
    assert options.max_network_retries == 2
    assert http._timeout == (5, 30)
    assert stripe.enable_telemetry is False
    stripe_world.customer()
    assert not [each for each in stripe_world.fake.desk.complaints if "telemetry" in each]


def test_nothing_of_the_library_leaves_the_package(stripe_world):
    paid = stripe_world.paid()
    stripe_world.advance(hours=1)
    since = stripe_world.now - timedelta(days=1)
    found = [paid, *stripe_world.provider.payments_since(since), *stripe_world.provider.balance_since(since)]
    found += [*stripe_world.provider.events_since(since)]

    def kinds(value):
        yield type(value).__module__
        inner = dataclasses.astuple(value) if dataclasses.is_dataclass(value) else ()
        for each in inner:
            yield from kinds(each)

    assert isinstance(paid, Succeeded)
    assert not [kind for value in found for kind in kinds(value) if kind.startswith("stripe")]


def test_only_this_package_knows_the_library():
    root = Path(__file__).parent.parent.parent / "civic"
    knows = {
        path.relative_to(root).parts[:2]
        for path in root.rglob("*.py")
        if any(line.strip().startswith(("import stripe", "from stripe")) for line in path.read_text().splitlines())
    }
    assert knows == {("payments", "stripe")}


def test_there_is_no_part_of_a_penny_in_the_package():
    package = Path(__file__).parent.parent.parent / "civic" / "payments" / "stripe"
    sources = {path.name: path.read_text() for path in package.glob("*.py")}
    assert len(sources) > 8
    assert [name for name, text in sources.items() if "float" in text or "/ 100" in text or "Decimal" in text] == []


def test_a_wish_of_whole_pence_only():
    with pytest.raises(TypeError):
        Money(25.5)
    assert GBP("25.50").minor == 2550
    assert SetupRequest.__dataclass_params__.frozen
