"""Every state × every verb of everything that moves in public money."""

import pytest

from civic.core.states import can
from civic.grants import models
from civic.grants.rules import choices

TABLES = {
    models.Fund: ("open", "closed"),
    models.BudgetChange: choices.BUDGET_STATES,
    models.Award: choices.AWARD_STATES,
    models.Decision: choices.DECISION_STATES,
    models.Agreement: choices.AGREEMENT_STATES,
    models.Instalment: choices.INSTALMENT_STATES,
    models.Report: choices.REPORT_STATES,
    models.Repayment: choices.REPAYMENT_STATES,
}
ENDS = {
    models.BudgetChange: {"booked", "declined"},
    models.Award: {"withdrawn", "turned_down", "completed", "stopped", "released"},
    models.Decision: {"decided", "refused", "withdrawn"},
    models.Agreement: {"superseded", "withdrawn"},
    models.Instalment: {"confirmed", "cancelled"},
    models.Report: {"accepted", "waived"},
    models.Repayment: {"received", "written_off", "withdrawn"},
}


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_the_table_of_moves_is_whole(model):
    states = set(TABLES[model])
    assert {state for state, _ in model.TRANSITIONS} | set(model.TRANSITIONS.values()) == states
    leads_on = {state for state, _ in model.TRANSITIONS}
    assert states - leads_on == ENDS.get(model, set())


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_every_state_knows_exactly_its_verbs(model):
    verbs = {verb for _, verb in model.TRANSITIONS}
    for state in TABLES[model]:
        row = model(status=state)
        assert {verb for verb in verbs if can(row, verb)} == {v for s, v in model.TRANSITIONS if s == state}
