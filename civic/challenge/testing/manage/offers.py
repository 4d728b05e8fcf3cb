"""The money of a programme, and the test grants that are recommended from it."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.assessment.queries import hidden_among
from civic.challenge.models import Programme
from civic.challenge.queries.programmes import programme_by_slug
from civic.challenge.testing import access, wording
from civic.challenge.testing.actions import offering as actions
from civic.challenge.testing.actions.offering import Offer
from civic.challenge.testing.forms.acts import AsideForm, OfferForm
from civic.challenge.testing.manage import bp
from civic.challenge.testing.models import TestGrant
from civic.challenge.testing.queries import tests as queries
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.i18n import Words
from civic.core.money import Money
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.grants.forms.parts import of_page
from civic.grants.queries import funds
from civic.grants.rules.amounts import Amounts


@bp.get("/programmes/<programme>/grants")
@allowed(access.may_see_desk, on=programme_by_slug)
def show_grants(programme: Programme) -> ResponseReturnValue:
    """What is set aside, who can be offered a grant, and every test."""
    return _page(programme, _aside(formdata=None))


@bp.post("/programmes/<programme>/money")
@allowed(access.may_run, on=programme_by_slug)
def set_aside(programme: Programme) -> ResponseReturnValue:
    """Set money of a fund aside for the programme."""
    form = _aside()
    if form.validate():
        fund = funds.fund_by_slug(form.fund.data)
        assert fund is not None
        with saving(form) as saved:
            actions.set_aside(programme, fund, form.amounts, why=form.why.data or "", by=me(), now=clock.now())
        if saved.ok:
            flash(_("Saved. The balances have changed."), "success")
            return see_other("manage_testing.show_grants", programme=programme.slug)
    return _page(programme, form), 422


@bp.get("/programmes/<programme>/grants/new")
@allowed(access.may_run, on=programme_by_slug)
def new_offers(programme: Programme) -> ResponseReturnValue:
    """Choose matched startups, and say on which terms."""
    call = queries.call_of(programme)
    known: dict[str, Any] = {"amount": call.grant if call else Money(15_000_00), "spending": "revenue"}
    rows = _to_offer(programme)
    return _offers(programme, rows, OfferForm(_choices(rows), formdata=None, data=known))


@bp.post("/programmes/<programme>/grants")
@allowed(access.may_run, on=programme_by_slug)
def create_offers(programme: Programme) -> ResponseReturnValue:
    """Recommend grants for all that were chosen, or for none; each startup gets its notification."""
    rows = _to_offer(programme)
    if not rows or actions.pot_of(programme) is None:
        return see_other("manage_testing.new_offers", programme=programme.slug)
    form = OfferForm(_choices(rows))
    if form.validate():
        chosen = [each for each in rows if each.id in (form.chosen.data or [])]
        terms = Offer(
            form.amount.data or Money(0), form.spending.data, form.rationale.data or "", form.conditions.data or "",
            form.expires_at.data, of_page(),
        )  # fmt: skip
        with saving(form) as saved:
            actions.offer_together(chosen, terms, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Recommended. Each startup has its notification and confirms next."), "success")
            return see_other("manage_testing.show_grants", programme=programme.slug)
        rows = _to_offer(programme)
    return _offers(programme, rows, form), 422


def _aside(**values: Any) -> AsideForm:
    mine = [each for each in funds.all_funds() if each.status == "open" and each.managed_by == "challenge_manager"]
    return AsideForm([(each.slug, Words(each.title, each.language)) for each in mine], **values)


def _to_offer(programme: Programme) -> list[Any]:
    """Those to whom the person here may offer: neither their own nor one with a declared interest."""
    found = queries.to_offer(programme)
    hidden = hidden_among({each.name for each in found}, me().id)
    return [each for each in found if each.name not in hidden]


def _choices(rows: list[Any]) -> list[tuple[int, Words]]:
    return [
        (each.id, Words(f"{each.startup.organisation.name}: {each.challenge.title}", each.challenge.language))
        for each in rows
    ]


def _page(programme: Programme, form: AsideForm) -> str:
    pot = actions.pot_of(programme)
    page = page_of(queries.of_programme(programme), [TestGrant.id.desc()], at=request.args.get("at"), scalars=True)
    return render_template(
        "challenge/testing/manage/show_grants.html",
        programme=programme,
        pot=pot,
        balance=funds.balance_of(pot.id) if pot else None,
        nothing=Amounts(),
        page=page,
        hidden=hidden_among({each.subject for each in page.items}, me().id),
        steps=queries.by_test([each.id for each in page.items]),
        to_offer=len(_to_offer(programme)) if access.may_run() else 0,
        form=form,
        has_funds=bool(form.fund.choices),
        may_run=access.may_run(),
        words=wording,
    )


def _offers(programme: Programme, rows: list[Any], form: OfferForm) -> str:
    pot = actions.pot_of(programme)
    left = funds.left_in(pot.id) if pot else None
    return render_template(
        "challenge/testing/manage/new_offers.html", programme=programme, rows=rows, form=form, pot=pot, left=left
    )
