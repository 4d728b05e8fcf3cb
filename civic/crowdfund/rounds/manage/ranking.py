"""The ranked list against what is left of the round's money, and recommending several of it in one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from civic.assessment import queries as assessment
from civic.assessment.rules.ranking import against
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import Conflict, form_errors, saving
from civic.core.i18n import current, format_number
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.subjects import number_of
from civic.crowdfund.forms.budget import RemovalForm
from civic.crowdfund.rounds import access
from civic.crowdfund.rounds.actions import judging
from civic.crowdfund.rounds.forms.judging import TermsForm, terms_for
from civic.crowdfund.rounds.manage import desk
from civic.crowdfund.rounds.manage.answers import must_be_open_to_staff
from civic.crowdfund.rounds.manage.doors import for_those_who_run
from civic.crowdfund.rounds.manage.judging import reason_of
from civic.crowdfund.rounds.models import Application, Round
from civic.crowdfund.rounds.queries import applications as queries
from civic.crowdfund.rounds.queries.rounds import round_alone, round_by_slug
from civic.grants.access import is_approver, may_see_grants
from civic.grants.queries.awards import awards_of_subjects
from civic.grants.queries.funds import left_in, pot_by_owner
from civic.grants.rules.amounts import NONE, Amounts, together


class ChosenMeanwhile(Conflict):
    """What was chosen is no longer all there to be recommended."""

    sentence = _l(
        "One of them was recommended or answered meanwhile. Nothing was done. Look at the others, then go on."
    )


MOST = 50
"""So many are recommended in one act at most."""


def may_rank(round_: Round) -> bool:
    """Results are for those who run the round, and for approvers, after the deadline."""
    return (access.may_run(round_) or is_approver()) and access.may_read_applications(round_)


@dataclass(frozen=True)
class Place:
    """One row of the list: how it is ranked, where the money ends, and what became of it."""

    row: Any  # civic.assessment.queries.Ranked
    total: Amounts | None
    place: str  # "within", "fits", "beyond" or ""
    is_line: bool
    number: int
    award: Any | None
    may_choose: bool


@desk.get("/<slug>/ranking")
@allowed(may_see_grants)
@allowed(may_rank, on=round_alone)
def show_ranking(round_: Round) -> ResponseReturnValue:
    """Everything that was judged, from the best down, and the line where the money ends."""
    panel, pot = assessment.panel_of(round_.name), pot_by_owner(round_.name)
    rows = assessment.ranked(panel, me()) if panel is not None else []
    awards = awards_of_subjects([each.subject for each in rows])
    left = left_in(pot.id) if pot is not None else NONE
    waiting = together(each.amounts for each in awards.values() if each.status == "proposed")
    runs = access.may_run(round_)
    return render_template(
        "crowdfund/rounds/desk/show_ranking.html",
        round=round_,
        panel=panel,
        places=_placed(rows, awards, _states(round_), left - waiting, runs=runs),
        left=left,
        waiting=waiting,
        may_run=runs,
        most=MOST,
    )


@desk.get("/<slug>/recommendations")
@for_those_who_run
def new_recommendations(round_: Round) -> ResponseReturnValue:
    """The chosen ones, each with its amounts, conditions and reason."""
    must_be_open_to_staff(round_)
    chosen = _chosen(round_, request.args.getlist("application"))
    forms = [(each, terms_for(each, reason_of(each), prefix=f"a{each.id}-")) for each in chosen]
    return _page(round_, forms, RemovalForm())


@desk.post("/<slug>/recommendations")
@for_those_who_run
def create_recommendations(round_: Round) -> ResponseReturnValue:
    """Show what would be recommended in all; then recommend all of them, or none."""
    must_be_open_to_staff(round_)
    chosen = _chosen(round_, request.form.getlist("application"))
    forms = [(each, terms_for(each, prefix=f"a{each.id}-", filled=False)) for each in chosen]
    form, slug, numbers = RemovalForm(), round_.slug, [each.id for each in chosen]
    if chosen and len(chosen) < len(set(request.form.getlist("application"))):
        form_errors(form, ChosenMeanwhile())
        return _page(round_, forms, form), 409
    judged = [each.validate() for _application, each in forms]
    if not chosen or not all(judged):
        return _page(round_, forms, form), 422
    if request.form.get("act") != "recommend":
        return _page(round_, forms, form, is_summary=True)
    terms = [(application, each.terms(current().code)) for application, each in forms]
    with saving(form) as saved:
        judging.recommend_together(terms, by=me(), now=clock.now())
    if saved.ok:
        done = ngettext(
            "%(shown)s is recommended.", "%(shown)s are recommended.", len(terms), shown=format_number(len(terms))
        )
        flash(f"{done} {_('Consultees are asked for their views; then somebody else decides.')}", "success")
        return see_other("round_desk.show_ranking", slug=slug)
    fresh = round_by_slug(slug)
    assert fresh is not None
    again = {each.id: each for each in queries.chosen(fresh, numbers)}
    kept = [(again[number], each) for number, (_gone, each) in zip(numbers, forms, strict=True) if number in again]
    return _page(fresh, kept, form), 409


def _placed(
    rows: Sequence[Any], awards: dict[str, Any], states: dict[int, str], left: Amounts, *, runs: bool
) -> list[Place]:
    """Against the money count only those that nobody has recommended or answered yet."""
    open_ = [
        each for each in rows if not each.hidden and each.subject not in awards and _state(each, states) == "submitted"
    ]
    lined = {each.row.subject: each for each in against(open_, (left.capital, left.revenue))}
    found = []
    for row in rows:
        line = lined.get(row.subject)
        total = Amounts(*line.total) if line is not None and line.total is not None else None
        number = number_of(row.subject, "application") or 0
        award = awards.get(row.subject) if not row.hidden else None
        may_choose = runs and not row.hidden and award is None and states.get(number) in ("submitted", "unsuccessful")
        place, is_line = (line.place, line.is_line) if line is not None else ("", False)
        found.append(Place(row, total, place, is_line, number, award, may_choose))
    return found


def _state(row: Any, states: dict[int, str]) -> str:
    return states.get(number_of(row.subject, "application") or 0, "")


def _states(round_: Round) -> dict[int, str]:
    return queries.states_of(round_)


def _chosen(round_: Round, typed: list[str]) -> list[Application]:
    """Those of the typed numbers that this officer may recommend; the others are left out."""
    numbers = [int(each) for each in typed if each.isdecimal() and len(each) < 16]
    return [each for each in queries.chosen(round_, numbers)[:MOST] if access.may_recommend(each)]


def _page(
    round_: Round, forms: list[tuple[Application, TermsForm]], form: RemovalForm, *, is_summary: bool = False
) -> str:
    pot = pot_by_owner(round_.name)
    sums = together(each.amounts for _application, each in forms)
    left = left_in(pot.id) if pot is not None else NONE
    return render_template(
        "crowdfund/rounds/desk/new_recommendations.html",
        round=round_,
        forms=forms,
        form=form,
        errors=[(message, f"#{field.id}") for _a, each in forms for field in each for message in field.errors],
        is_summary=is_summary,
        sums=sums,
        left=left,
        is_enough=sums.fits(left),
    )
