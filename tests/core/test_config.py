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
    ],
)
def test_an_unsafe_production_is_refused(broken):
    with pytest.raises(UnsafeConfiguration):
        load(SAFE | broken)


def test_every_reason_is_told_at_once():
    with pytest.raises(UnsafeConfiguration) as refused:
        load({"ENVIRONMENT": "production"})
    assert str(refused.value).count("\n- ") == 5


def test_several_processes_need_shared_memory_for_limits():
    with pytest.raises(UnsafeConfiguration):
        load({"WEB_PROCESSES": "2"})
    assert (
        load({"WEB_PROCESSES": "2", "REDIS_URL": "redis://localhost"})["RATELIMIT_STORAGE_URI"] == "redis://localhost"
    )
