"""Sizes of pledge; and moving and removing the parts of a round, which is the same for all of them."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core.db import transaction
from civic.core.errors import NotFound, saving
from civic.core.i18n import Words
from civic.core.money import Money
from civic.core.pages import see_other
from civic.crowdfund.forms.budget import RemovalForm
from civic.crowdfund.rounds.actions import parts as actions
from civic.crowdfund.rounds.forms.rounds import TierForm
from civic.crowdfund.rounds.manage import desk
from civic.crowdfund.rounds.manage.doors import for_those_who_run, must_be_a_draft
from civic.crowdfund.rounds.models import EligibilityRule, Round, RoundQuestion, RoundTier
from civic.crowdfund.rounds.queries import rounds as queries

KINDS: dict[str, Any] = {"tiers": RoundTier, "conditions": EligibilityRule, "questions": RoundQuestion}
DIRECTIONS = {"up": -1, "down": 1}


@desk.get("/<slug>/tiers")
@for_those_who_run
def list_tiers(round_: Round) -> ResponseReturnValue:
    """The sizes of pledge of a round."""
    rules = queries.eligibility_rules(round_)
    return render_template("crowdfund/rounds/desk/list_tiers.html", round=round_, rules=rules)


@desk.get("/<slug>/tiers/new")
@for_those_who_run
def new_tier(round_: Round) -> ResponseReturnValue:
    """The form for one more."""
    must_be_a_draft(round_)
    return _page(round_, TierForm(data={"needs_target": True}), None)


@desk.post("/<slug>/tiers/new")
@for_those_who_run
def create_tier(round_: Round) -> ResponseReturnValue:
    """Add a size of pledge."""
    return _save(round_, None)


@desk.get("/<slug>/tiers/<int:tier_id>")
@for_those_who_run
def edit_tier(round_: Round, tier_id: int) -> ResponseReturnValue:
    """The form for one of them."""
    must_be_a_draft(round_)
    tier = found(round_, "tiers", tier_id)
    form = TierForm(obj=tier)
    form.seen.data = actions.mark_of(tier)
    return _page(round_, form, tier)


@desk.post("/<slug>/tiers/<int:tier_id>")
@for_those_who_run
def update_tier(round_: Round, tier_id: int) -> ResponseReturnValue:
    """Change one of them."""
    return _save(round_, found(round_, "tiers", tier_id))


@desk.post("/<slug>/<kind>/<int:part_id>/place")
@for_those_who_run
def move_part(round_: Round, kind: str, part_id: int) -> ResponseReturnValue:
    """Let a part stand one place higher or lower."""
    part, step = found(round_, kind, part_id), DIRECTIONS.get(request.form.get("direction", ""))
    if step is not None:
        with transaction():
            actions.move(round_, part, step)
    return see_other(f"round_desk.list_{kind}", slug=round_.slug, _anchor=f"part-{part_id}")


@desk.get("/<slug>/<kind>/<int:part_id>/removal")
@for_those_who_run
def confirm_part_removal(round_: Round, kind: str, part_id: int) -> ResponseReturnValue:
    """Whether a part is really to go."""
    must_be_a_draft(round_)
    part = found(round_, kind, part_id)
    words = {"tiers": "title", "conditions": "sentence", "questions": "text"}[kind]
    return render_template(
        "crowdfund/rounds/desk/confirm_part_removal.html",
        round=round_,
        kind=kind,
        what=Words(getattr(part, words), round_.language),
        form=RemovalForm(),
    )


@desk.post("/<slug>/<kind>/<int:part_id>/removal")
@for_those_who_run
def remove_part(round_: Round, kind: str, part_id: int) -> ResponseReturnValue:
    """Take a part away."""
    part, slug = found(round_, kind, part_id), round_.slug
    with transaction():
        actions.remove(round_, part)
    flash(_("It is removed."), "success")
    return see_other(f"round_desk.list_{kind}", slug=slug)


def found(round_: Round, kind: str, number: int) -> Any:
    """One part of this round; raises NotFound."""
    part = queries.part_of(round_, KINDS[kind], number) if kind in KINDS else None
    if part is None:
        raise NotFound()
    return part


def _save(round_: Round, tier: RoundTier | None) -> ResponseReturnValue:
    form, slug, number, part_id = TierForm(), round_.slug, round_.id, tier.id if tier else None
    if form.validate():
        with saving(form) as saved:
            actions.put_tier(
                round_,
                tier,
                title=form.title.data,
                summary=form.summary.data or "",
                most=form.most.data or Money(0),
                needs_target=bool(form.needs_target.data),
                seen=form.seen.data or "",
            )
        if saved.ok:
            flash(_("The size of pledge is saved. Add its conditions next."), "success")
            return see_other("round_desk.list_tiers", slug=slug)
        fresh, tier = again(number, RoundTier, part_id)
        form.seen.data = actions.mark_of(tier)
        return _page(fresh, form, tier), 409
    return _page(round_, form, tier), 422


def again(number: int, kind: Any, part_id: int | None) -> tuple[Round, Any]:
    """The round and one of its parts, read afresh after what was refused; no part where it is gone, or was never there."""
    fresh = queries.round_by_id(number)
    assert fresh is not None
    return fresh, queries.part_of(fresh, kind, part_id) if part_id is not None else None


def _page(round_: Round, form: TierForm, tier: RoundTier | None) -> str:
    return render_template("crowdfund/rounds/desk/edit_tier.html", round=round_, form=form, tier=tier)
