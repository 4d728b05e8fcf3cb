"""When a card is asked again, and which provider is asked at all."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from civic.app import create_app
from civic.core.db import db
from civic.payments import providers, rules
from civic.payments.commands import payments_work
from civic.payments.errors import WrongProvider
from civic.payments.provider import Declined
from tests.conftest import ENVIRON, NOW

CODES = [*sorted(rules.NEVER_AGAIN), "insufficient_funds", "do_not_honor", "generic_decline", "something_new", ""]


def said(decline_code: str = "insufficient_funds", advice: str = "") -> Declined:
    return Declined("pi", "card_declined", decline_code, advice)


@pytest.mark.parametrize(
    "attempts, days", [(1, 1), (2, 3), (3, 5), (4, None), (5, None)],
)  # fmt: skip
def test_a_card_is_asked_again_on_the_days_of_the_rule(attempts, days):
    due = rules.next_attempt(said(), attempts=attempts, queued_at=NOW, now=NOW)
    assert due == (None if days is None else NOW + timedelta(days=days))


@pytest.mark.parametrize(
    "code", ["lost_card", "stolen_card", "expired_card", "pickup_card", "revocation_of_authorization"]
)
def test_some_reasons_last(code):
    assert not rules.may_ask_again(said(code))
    assert not rules.may_ask_again(Declined("pi", code))


@pytest.mark.parametrize(
    "advice, may",
    [
        ("", True),
        ("try_again_later", True),
        ("do_not_try_again", False),
        ("confirm_card_data", False),
        ("new_advice", True),
    ],
)
def test_the_banks_advice_is_followed(advice, may):
    assert rules.may_ask_again(said(advice=advice)) is may


@given(
    code=st.sampled_from(CODES),
    advice=st.sampled_from(["", "try_again_later", "do_not_try_again", "confirm_card_data"]),
    attempts=st.integers(1, 9),
    late=st.timedeltas(timedelta(0), timedelta(days=30)),
)
def test_a_next_try_is_never_within_a_day_never_after_the_fourth_and_never_against_advice(code, advice, attempts, late):
    declined = said(code, advice)
    due = rules.next_attempt(declined, attempts=attempts, queued_at=NOW, now=NOW + late)
    if due is None:
        assert attempts >= rules.MOST_ATTEMPTS or not rules.may_ask_again(declined)
    else:
        assert due >= NOW + late + timedelta(days=1)
        assert attempts < rules.MOST_ATTEMPTS
        assert advice not in ("do_not_try_again", "confirm_card_data")
        assert code not in rules.NEVER_AGAIN


def test_one_provider_is_made_and_shared(isolated):
    assert providers.current() is providers.current()
    assert (providers.current().name, providers.current().mode) == ("sandbox", "sandbox")


def test_a_row_of_another_mode_has_no_provider(isolated):
    assert providers.named("sandbox", "sandbox") is providers.current()
    for name, mode in (("stripe", "live"), ("sandbox", "test"), ("stripe", "sandbox")):
        with pytest.raises(WrongProvider):
            providers.named(name, mode)


def test_forms_may_lead_to_stripe_only_where_stripe_is_in_use(app, database_url):
    on_stripe = create_app(
        ENVIRON | {"DATABASE_URL": database_url, "STRIPE_SECRET_KEY": "sk_test_x"},
        TESTING=True,
        RATELIMIT_ENABLED=False,
    )
    policies = [
        each.test_client().get("/health/live", base_url="http://localhost").headers["Content-Security-Policy"]
        for each in (app, on_stripe)
    ]
    assert ["stripe.com" in policy for policy in policies] == [False, True]
    assert policies[1].count("stripe.com") == 4
    assert "script-src 'self';" in policies[1]
    with on_stripe.app_context():
        assert providers.current().mode == "test"
        db.engine.dispose()
    db._app_state.pop(on_stripe)


def test_the_run_can_have_a_process_of_its_own(here):
    here.queue(here.card(), here.card())
    done = CliRunner().invoke(payments_work, ["--once", "--threads", "1"], obj=_script_info(here.app))
    assert done.exit_code == 0, done.output
    assert here.states() == ["succeeded"] * 2


def _script_info(app):
    from flask.cli import ScriptInfo

    return ScriptInfo(create_app=lambda: app)
