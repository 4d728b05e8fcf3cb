"""The rounds that one runs, and the desk of each: where it is, what is due and by whom, what has come in."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from civic.accounts.access import acting_roles
from civic.assessment import queries as assessment
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.i18n import Words
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import history
from civic.crowdfund.rounds.access import may_run, may_run_rounds, may_see_desk
from civic.crowdfund.rounds.actions import rounds as actions
from civic.crowdfund.rounds.forms.rounds import NewRoundForm
from civic.crowdfund.rounds.manage import desk
from civic.crowdfund.rounds.models import Round
from civic.crowdfund.rounds.queries import applications as application_queries
from civic.crowdfund.rounds.queries import rounds as queries
from civic.crowdfund.rounds.rules.due import Facts, due
from civic.crowdfund.rounds.wording.gaps import round_gap
from civic.grants.access import may_see_grants
from civic.grants.models import Fund
from civic.grants.queries.funds import balance_of, pot_by_owner

STEPS = ("about", "dates", "tiers", "conditions", "questions", "criteria", "money")
"""What is written before a round can open, in this order."""


@desk.get("")
@allowed(may_see_grants)
def list_rounds() -> ResponseReturnValue:
    """The rounds that one runs, and those of others after their deadline."""
    now = clock.now()
    rounds = [(each.place(now), each) for each in queries.all_rounds(acting_roles(), now)]
    return render_template("crowdfund/rounds/desk/list_rounds.html", rounds=rounds, may_begin=may_run_rounds(), now=now)


@desk.get("/new")
@allowed(may_run_rounds)
def new_round() -> ResponseReturnValue:
    """Of which fund, under which title; or how to get a fund."""
    funds = queries.funds_of(acting_roles())
    return _new_page(_new_form(funds), funds)


@desk.post("/new")
@allowed(may_run_rounds)
def create_round() -> ResponseReturnValue:
    """Begin a round."""
    funds = queries.funds_of(acting_roles())
    form = _new_form(funds)
    if funds and form.validate():
        chosen = next(each for each in funds if each.id == form.fund.data)
        with transaction():
            made = actions.make(chosen, title=form.title.data, language=form.language.data, by=me(), now=clock.now())
        return see_other("round_desk.show_round", slug=made.slug)
    return _new_page(form, funds), 422


@desk.get("/<slug>")
@allowed(may_see_grants)
@allowed(may_see_desk, on=queries.round_by_slug)
def show_round(round_: Round) -> ResponseReturnValue:
    """A draft's list of steps; later the round's desk."""
    if round_.status == "draft":
        return render_template("crowdfund/rounds/desk/write_round.html", **draft_of(round_))
    return render_template("crowdfund/rounds/desk/show_round.html", **_desk_of(round_))


def draft_of(round_: Round) -> dict[str, Any]:
    """The steps of writing a round, and what is missing in each."""
    found = [round_gap(code) for code in actions.gaps(round_)]
    pot, panel = pot_by_owner(round_.name), assessment.panel_of(round_.name)
    return {
        "round": round_,
        "steps": {step: [words for where, words in found if where == step] for step in STEPS},
        "gaps": found,
        "rules": queries.eligibility_rules(round_),
        "panel": panel,
        "pot": pot,
        "balance": balance_of(pot.id) if pot else None,
    }


def _desk_of(round_: Round) -> dict[str, Any]:
    now = clock.now()
    counts, awards = queries.counts(round_.id), queries.awards_by_state(round_)
    pot, panel = pot_by_owner(round_.name), assessment.panel_of(round_.name)
    is_unsealed = round_.is_unsealed(now)
    standing = assessment.standing(panel, now) if panel is not None and is_unsealed else None
    waiting = application_queries.unanswered(round_) if is_unsealed else []
    facts = Facts(
        is_unsealed=is_unsealed,
        ideas=counts.get("expression:submitted", 0),
        panel=panel.status if panel is not None else "draft",
        lacking=standing.lacking if standing else 0,
        to_score=standing.waiting if standing else 0,
        to_agree=standing.scored if standing else 0,
        unanswered=len(waiting),
        recommended=awards.get("proposed", 0),
        approved=awards.get("approved", 0),
        is_announced=round_.announced_at is not None,
    )
    return {
        "round": round_,
        "now": now,
        "place": round_.place(now),
        "counts": counts,
        "awards": awards,
        "due": due(facts) if round_.status == "open" else [],
        "pot": pot,
        "balance": balance_of(pot.id) if pot else None,
        "panel": panel,
        "judges": standing.people if standing else (),
        "is_unsealed": is_unsealed,
        "may_run": may_run(round_),
        "moves": history(round_),
    }


def _new_form(funds: list[Fund]) -> NewRoundForm:
    form = NewRoundForm()
    form.fund.choices = [(each.id, Words(each.title, each.language)) for each in funds]
    if len(funds) == 1 and not form.fund.raw_data:
        form.fund.data = funds[0].id
    return form


def _new_page(form: NewRoundForm, funds: list[Fund]) -> str:
    return render_template("crowdfund/rounds/desk/new_round.html", form=form, funds=funds)
