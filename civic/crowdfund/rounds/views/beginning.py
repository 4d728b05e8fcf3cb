"""Beginning: an idea first where the round asks for one, then an application with a campaign, or without."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.views.limits import person
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.i18n import LANGUAGES, Words, current
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit
from civic.crowdfund.rounds.access import may_apply
from civic.crowdfund.rounds.actions import applying
from civic.crowdfund.rounds.forms.applying import BeginForm
from civic.crowdfund.rounds.models import Round
from civic.crowdfund.rounds.queries import applications as queries
from civic.crowdfund.rounds.queries import rounds as round_queries
from civic.crowdfund.rounds.queries.rounds import public_round
from civic.crowdfund.rounds.rules.beginning import Ways, ways
from civic.crowdfund.rounds.rules.dates import may_take, takes_expressions
from civic.crowdfund.rounds.views import bp

ALONE = "me"


@bp.get("/rounds/<slug>/expressions/new")
@allowed(may_apply)
@allowed(may_apply, on=public_round)
def new_expression(round_: Round) -> ResponseReturnValue:
    """Whose idea it is."""
    return _expression_page(round_, _who_form(round_, _of_expressions(round_)))


@bp.post("/rounds/<slug>/expressions/new")
@allowed(may_apply)
@allowed(may_apply, on=public_round)
@limit("20/hour", key=person)
def create_expression(round_: Round) -> ResponseReturnValue:
    """Begin to tell an idea."""
    form, offered, number = _who_form(round_, choices := _of_expressions(round_)), dict(choices), round_.id
    if choices and form.validate():
        with saving(form) as saved:
            begun = applying.express(
                round_, organisation=offered[form.who.data], title="", language=_language(), by=me(), now=clock.now()
            )
        if saved.ok:
            return see_other("rounds.edit_expression", expression_id=begun.id, step="about")
        round_ = _again(number)
    return _expression_page(round_, form), 422


@bp.get("/rounds/<slug>/applications/new")
@allowed(may_apply)
@allowed(may_apply, on=public_round)
def new_application(round_: Round) -> ResponseReturnValue:
    """What one applies with."""
    return _application_page(round_, _application_form(round_))


@bp.post("/rounds/<slug>/applications/new")
@allowed(may_apply)
@allowed(may_apply, on=public_round)
@limit("20/hour", key=person)
def create_application(round_: Round) -> ResponseReturnValue:
    """Begin an application."""
    form, number = _application_form(round_), round_.id
    if form.who.choices and form.validate():
        kind, body = form.offered[form.who.data]
        ideas = {each.id: each for each in queries.answered_expressions(me(), round_)}
        with saving(form) as saved:
            begun = applying.apply(
                round_,
                campaign=body if kind == "campaign" else None,
                organisation=body if kind == "organisation" else None,
                expression=ideas.get(form.expression.data) if "expression" in form else None,
                title="",
                language=_language(),
                by=me(),
                now=clock.now(),
            )
        if saved.ok:
            return see_other("rounds.show_application", application_id=begun.id)
        round_ = _again(number)
    return _application_page(round_, form), 422


def _again(round_id: int) -> Round:
    found = round_queries.round_by_id(round_id)
    assert found is not None
    return found


def ways_of(round_: Round) -> Ways:
    """What the round's tiers take beside campaigns."""
    rows = round_queries.eligibility_rules(round_)
    return ways(
        (tier.needs_target, [(row.kind, row.value) for row in rows if row.tier_id in (None, tier.id)])
        for tier in round_.tiers
    )


def _of_expressions(round_: Round) -> list[tuple[str, Any]]:
    """(choice, organisation or None) for whom an idea can be told: an organisation, or, where a tier takes it, oneself."""
    mine: list[tuple[str, Any]] = [(f"organisation:{each.id}", each) for each in queries.bodies_of(me())]
    return mine + ([(ALONE, None)] if ways_of(round_).individuals else [])


def _who_form(round_: Round, choices: list[tuple[str, Any]]) -> Any:
    form = BeginForm()
    del form.expression
    form.who.choices = [(choice, _label("organisation", body)) for choice, body in choices]
    _choose_the_only_one(form)
    return form


def _application_form(round_: Round) -> Any:
    """What one may apply with; `offered` says what each choice stands for."""
    form, taken = BeginForm(), ways_of(round_)
    in_time = [
        each for each in queries.campaigns_for(me(), round_) if may_take(round_.dates, each.opened_at, each.closes_at)
    ]
    offered: dict[str, tuple[str, Any]] = {f"campaign:{each.id}": ("campaign", each) for each in in_time}
    if taken.projects:
        offered |= {f"organisation:{each.id}": ("organisation", each) for each in queries.bodies_of(me())}
    if taken.individuals:
        offered[ALONE] = (ALONE, None)
    form.offered = offered
    form.who.choices = [(choice, _label(*what)) for choice, what in offered.items()]
    form.hints = {f"campaign:{each.id}": Words(each.organisation.name, each.organisation.language) for each in in_time}
    form.hints |= {choice: _("Without a campaign.") for choice in offered if not choice.startswith("campaign:")}
    _offer_ideas(form, round_)
    _choose_the_only_one(form)
    return form


def _label(kind: str, body: Any) -> Any:
    """What a choice is called, in its own language."""
    if body is None:
        return _("Myself, without an organisation")
    if kind == "campaign":
        return Words(body.title, body.language) if body.title else _("Untitled campaign")
    return Words(body.name, body.language)


def _offer_ideas(form: Any, round_: Round) -> None:
    """Where the round asks for ideas first, the application follows one that was answered."""
    ideas = queries.answered_expressions(me(), round_) if round_.needs_expression else []
    form.ideas = {each.id: each for each in ideas}
    if not ideas:
        del form.expression
        return
    form.expression.choices = [(each.id, Words(each.title, each.language)) for each in ideas]
    if len(ideas) == 1 and not form.expression.raw_data:
        form.expression.data = ideas[0].id


def _choose_the_only_one(form: Any) -> None:
    if len(form.who.choices) == 1 and not form.who.raw_data:
        form.who.data = form.who.choices[0][0]


def _expression_page(round_: Round, form: Any) -> str:
    now = clock.now()
    takes = round_.status == "open" and takes_expressions(round_.dates, now)
    return render_template("crowdfund/rounds/new_expression.html", round=round_, form=form, takes=takes, now=now)


def _application_page(round_: Round, form: Any) -> str:
    now, closes = clock.now(), round_.applications_close_at
    takes = round_.status == "open" and closes is not None and now < closes
    needs_idea = round_.needs_expression and not form.ideas
    page = {"takes": takes, "needs_idea": needs_idea, "takes_ideas": takes_expressions(round_.dates, now), "now": now}
    return render_template("crowdfund/rounds/new_application.html", round=round_, form=form, **page)


def _language() -> str:
    return current().code if current().code in LANGUAGES else "en"
