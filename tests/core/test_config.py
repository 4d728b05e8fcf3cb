"""The configuration refuses an unsafe production, with every reason at once."""

import pytest

from civic.config import UnsafeConfiguration, load

SAFE = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k" * 40,
    "DATABASE_URL": "postgresql://db/civic",
    "BASE_URL": "https://civic.london.example",
    "SMTP_URL": "smtp+starttls://mail:587",
    "PROXY_HOPS": "1",
    "STRIPE_SECRET_KEY": "rk_live_x",
    "STRIPE_WEBHOOK_SECRETS": "whsec_x",
}


def test_a_safe_production_starts():
    config = load(SAFE)
    assert config["SESSION_COOKIE_SECURE"]
    assert config["TRUSTED_HOSTS"] == ["civic.london.example"]
    assert config["PROXY_HOPS"] == 1


@pytest.mark.parametrize(
    "broken",
    [
        {"SECRET_KEY": "short"},
        {"SECRET_KEY": ""},
        {"DATABASE_URL": ""},
        {"BASE_URL": "http://civic.london.example"},
        {"SMTP_URL": ""},
        {"PROXY_HOPS": ""},
        {"PROXY_HOPS": "all"},
        {"PSEUDO_LANGUAGE": "yes"},
        {"PAYMENTS_PROVIDER": "sandbox"},
        {"STRIPE_SECRET_KEY": ""},
        {"STRIPE_SECRET_KEY": "", "PAYMENTS_PROVIDER": "stripe"},
        {"STRIPE_SECRET_KEY": "pk_live_x"},
        {"STRIPE_WEBHOOK_SECRETS": " , "},
        {"STRIPE_API_BASE": "http://localhost:1"},
        {"STRIPE_PUBLISHABLE_KEY": "pk_test_x"},
        {"PAYMENTS_PROVIDER": "another"},
    ],
)
def test_an_unsafe_production_is_refused(broken):
    with pytest.raises(UnsafeConfiguration):
        load(SAFE | broken)


def test_every_reason_is_told_at_once():
    with pytest.raises(UnsafeConfiguration) as refused:
        load({"ENVIRONMENT": "production"})
    assert str(refused.value).count("\n- ") == 6


def test_the_sandbox_runs_in_production_only_where_that_is_wanted():
    config = load(SAFE | {"STRIPE_SECRET_KEY": "", "ALLOW_SANDBOX": "yes"})
    assert config["PAYMENTS_PROVIDER"] == "sandbox"


@pytest.mark.parametrize("environment", ["development", "test"])
@pytest.mark.parametrize("key", ["sk_live_x", "rk_live_x"])
def test_a_key_to_real_money_is_refused_outside_production(environment, key):
    with pytest.raises(UnsafeConfiguration):
        load({"ENVIRONMENT": environment, "STRIPE_SECRET_KEY": key, "SECRET_KEY": "x"})


def test_without_keys_the_provider_is_the_sandbox_and_with_them_stripe():
    assert load({"SECRET_KEY": "x"})["PAYMENTS_PROVIDER"] == "sandbox"
    assert load({"SECRET_KEY": "x", "STRIPE_SECRET_KEY": "sk_test_x"})["PAYMENTS_PROVIDER"] == "stripe"


def test_several_processes_need_shared_memory_for_limits():
    with pytest.raises(UnsafeConfiguration):
        load({"WEB_PROCESSES": "2"})
    assert (
        load({"WEB_PROCESSES": "2", "REDIS_URL": "redis://localhost"})["RATELIMIT_STORAGE_URI"] == "redis://localhost"
    )


@pytest.mark.parametrize("text", ("thursday", "8:00", "someday 08:00", "thursday 24:00", "thursday 8:00"))
def test_the_weekly_letter_needs_a_day_and_an_hour(text):
    assert load({"SECRET_KEY": "x" * 40, "WEEKLY_LETTER": " Sunday 18:30"})["WEEKLY_LETTER"] == ("sunday", "18:30")
    with pytest.raises(ValueError, match="thursday 08:00"):
        load({"SECRET_KEY": "x" * 40, "WEEKLY_LETTER": text})
