"""The builders bring an award into every state through its own acts, and the books stay whole."""

import pytest

from civic.core.db import db
from civic.grants.checks import public_money_is_whole
from civic.grants.models import Award
from civic.grants.rules.choices import AWARD_STATES
from civic.ledger.checks import books_balance


@pytest.mark.parametrize("status", AWARD_STATES)
def test_an_award_can_be_made_in_every_state(make, things, status):
    award = make.award(status, needs_target=status == "announced")
    assert award.status == status
    assert [*public_money_is_whole(), *books_balance()] == []


@pytest.mark.parametrize("status", ["recommended", "decided", "refused", "withdrawn"])
def test_a_decision_can_be_made_in_every_state(make, things, status):
    assert make.decision(status=status, views=["supports", "supports_if"]).status == status


def test_a_person_can_be_given_money_too(make, things):
    person = make.member()
    award = make.award("agreed", person=person)
    assert award.person_id == person.id and make.recipient_of(award).id == person.id
    assert db.session.query(Award).count() == 1
