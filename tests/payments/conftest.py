"""Worlds for tests of payments: `stripe_world`, `sandbox_world`; `world` is each in turn, `anywhere` Stripe itself as well."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.payments import worlds_real
from tests.payments.stripe_town import StripeTown
from tests.payments.town import Town, town
from tests.payments.worlds import World
from tests.payments.worlds_sandbox import SandboxWorld
from tests.payments.worlds_stripe import StripeWorld


@pytest.fixture
def stripe_world(now: datetime) -> Iterator[StripeWorld]:
    """The strict fake Stripe at noon, with the real provider talking to it; ends by asking whether both kept to the types."""
    world = StripeWorld(now)
    yield world
    world.fake.stop()


@pytest.fixture
def sandbox_world(isolated, now: datetime) -> SandboxWorld:
    """Our own sandbox at noon."""
    return SandboxWorld(isolated, now)


@pytest.fixture(params=["stripe", "sandbox"])
def world(request: pytest.FixtureRequest) -> World:
    """Every provider in turn, with hands that can do everything out there."""
    return request.getfixturevalue(f"{request.param}_world")


@pytest.fixture
def here(isolated, now: datetime) -> Iterator[Town]:
    """A town with a provider in memory, for the run of charges."""
    with town(isolated, now) as made:
        yield made


@pytest.fixture
def real_world() -> World:
    """Stripe itself, in its test mode."""
    return worlds_real.RealWorld()


@pytest.fixture(params=["stripe", "sandbox", *(["real"] if worlds_real.KEY else [])])
def anywhere(request: pytest.FixtureRequest) -> World:
    """Every provider in turn, and Stripe itself where STRIPE_TEST_SECRET_KEY is given; for what needs no hands out there."""
    return request.getfixturevalue(f"{request.param}_world")


@pytest.fixture
def there(in_request, stripe_world: StripeWorld) -> Iterator[StripeTown]:
    """The same, with the real Stripe provider and the strict fake outside."""
    with town(in_request, stripe_world.now, made=StripeTown(in_request, stripe_world)) as made:
        yield made
