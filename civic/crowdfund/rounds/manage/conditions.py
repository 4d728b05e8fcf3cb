"""Conditions: choose a kind, say what it compares with, and take or change the sentence that we propose."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core.errors import NotFound, saving
from civic.core.i18n import Words, speaking
from civic.core.pages import see_other
from civic.crowdfund.rounds.actions import parts as actions
from civic.crowdfund.rounds.forms.rounds import ConditionForm, KindForm
from civic.crowdfund.rounds.manage import desk
from civic.crowdfund.rounds.manage.doors import for_those_who_run, must_be_a_draft
from civic.crowdfund.rounds.manage.tiers import again, found
from civic.crowdfund.rounds.models import EligibilityRule, Round, RoundTier
from civic.crowdfund.rounds.queries import rounds as queries
from civic.crowdfund.rounds.rules.choices import RULE_KINDS
from civic.crowdfund.rounds.wording.eligibility import proposal


@desk.get("/<slug>/conditions")
@for_those_who_run
def list_conditions(round_: Round) -> ResponseReturnValue:
    """The conditions of the whole round, and of each size of pledge."""
    rules = queries.eligibility_rules(round_)
    return render_template("crowdfund/rounds/desk/list_conditions.html", round=round_, rules=rules)


@desk.get("/<slug>/conditions/new")
@for_those_who_run
def choose_condition(round_: Round) -> ResponseReturnValue:
    """What the condition asks, and for which size of pledge."""
    must_be_a_draft(round_)
    return _kind_page(round_, _kind_form(round_))


@desk.post("/<slug>/conditions/new")
@for_those_who_run
def go_to_condition(round_: Round) -> ResponseReturnValue:
    """On to the sentence; nothing is saved yet."""
    must_be_a_draft(round_)
    form = _kind_form(round_)
    if not form.validate():
        return _kind_page(round_, form), 422
    return see_other("round_desk.new_condition", slug=round_.slug, asks=form.kind.data, tier=form.tier.data or None)


@desk.get("/<slug>/conditions/new/<asks>")
@for_those_who_run
def new_condition(round_: Round, asks: str) -> ResponseReturnValue:
    """The form for a condition of this kind."""
    must_be_a_draft(round_)
    tier, form = _tier(round_), _form_of(round_, asks)
    if not ConditionForm.VALUES.get(asks):
        form.sentence.data = _proposed(round_, asks, None)
    return _page(round_, asks, form, tier, None)


@desk.post("/<slug>/conditions/new/<asks>")
@for_those_who_run
def create_condition(round_: Round, asks: str) -> ResponseReturnValue:
    """Add a condition, or propose its sentence first."""
    return _save(round_, asks, _tier(round_), None)


@desk.get("/<slug>/conditions/<int:condition_id>")
@for_those_who_run
def edit_condition(round_: Round, condition_id: int) -> ResponseReturnValue:
    """The form for one of them."""
    must_be_a_draft(round_)
    rule = found(round_, "conditions", condition_id)
    form = _form_of(round_, rule.kind)
    form.show(rule.value)
    form.sentence.data, form.seen.data = rule.sentence, actions.mark_of(rule)
    return _page(round_, rule.kind, form, _tier_of(round_, rule.tier_id), rule)


@desk.post("/<slug>/conditions/<int:condition_id>")
@for_those_who_run
def update_condition(round_: Round, condition_id: int) -> ResponseReturnValue:
    """Change one of them."""
    rule = found(round_, "conditions", condition_id)
    return _save(round_, rule.kind, _tier_of(round_, rule.tier_id), rule)


def _save(round_: Round, kind: str, tier: RoundTier | None, rule: EligibilityRule | None) -> ResponseReturnValue:
    must_be_a_draft(round_)
    form, slug, number = _form_of(round_, kind), round_.slug, round_.id
    tier_id, part_id = tier.id if tier else None, rule.id if rule else None
    if not form.validate():
        return _page(round_, kind, form, tier, rule), 422
    if not form.sentence.data:
        form.sentence.data = _proposed(round_, kind, form.value())
        return _page(round_, kind, form, tier, rule, is_proposed=True)
    facts = {"kind": kind, "value": form.value(), "sentence": form.sentence.data}
    with saving(form) as saved:
        actions.put_condition(round_, rule, **facts, tier_id=tier_id, seen=form.seen.data or "")
    if saved.ok:
        flash(_("The condition is saved."), "success")
        return see_other("round_desk.list_conditions", slug=slug)
    fresh, rule = again(number, EligibilityRule, part_id)
    tier = _tier_of(fresh, tier_id)
    form.seen.data = actions.mark_of(rule)
    return _page(fresh, kind, form, tier, rule), 409


def _form_of(round_: Round, kind: str) -> ConditionForm:
    if kind not in RULE_KINDS:
        raise NotFound()
    form = ConditionForm()
    form.of_kind(kind)
    if "question" in form:
        form.question.choices = [(each.key, Words(each.text, round_.language)) for each in _yes_no(round_)]
    return form


def _yes_no(round_: Round) -> list[Any]:
    return [each for each in round_.questions if each.stage == "application" and each.is_yes_no]


def _proposed(round_: Round, kind: str, value: Any) -> str:
    """A sentence in the round's own language."""
    text = next((each.text for each in _yes_no(round_) if each.key == value), "") if kind == "yes_to" else ""
    with speaking(round_.language):
        return proposal(kind, value, text)


def _tier(round_: Round) -> RoundTier | None:
    """The size of pledge that the address names; none for the whole round."""
    wanted = request.args.get("tier", "")
    return _tier_of(round_, int(wanted) if wanted.isdecimal() and len(wanted) < 16 else None)


def _tier_of(round_: Round, tier_id: int | None) -> RoundTier | None:
    return next((each for each in round_.tiers if each.id == tier_id), None)


def _kind_form(round_: Round) -> KindForm:
    form = KindForm()
    tiers = [(each.id, Words(each.title, round_.language)) for each in round_.tiers]
    form.tier.choices = [(0, _("For every size of pledge")), *tiers]
    if not form.tier.raw_data and (tier := _tier(round_)) is not None:
        form.tier.data = tier.id
    return form


def _kind_page(round_: Round, form: KindForm) -> str:
    return render_template("crowdfund/rounds/desk/choose_condition.html", round=round_, form=form)


def _page(
    round_: Round,
    kind: str,
    form: ConditionForm,
    tier: RoundTier | None,
    rule: EligibilityRule | None,
    *,
    is_proposed: bool = False,
) -> str:
    if rule is not None:
        action = url_for("round_desk.update_condition", slug=round_.slug, condition_id=rule.id)
    else:
        action = url_for("round_desk.create_condition", slug=round_.slug, asks=kind, tier=tier.id if tier else None)
    page = {"kind": kind, "tier": tier, "rule": rule, "action": action, "is_proposed": is_proposed}
    return render_template("crowdfund/rounds/desk/edit_condition.html", round=round_, form=form, **page)
