"""The simulator: what a rule would come to over campaigns of today if gifts go on as they do; nothing is kept but the address."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import NotFound
from civic.core.money import Money
from civic.core.pages import see_other
from civic.crowdfund.matching import access
from civic.crowdfund.matching.forms.rule import ALL
from civic.crowdfund.matching.forms.simulator import SimulatorForm
from civic.crowdfund.matching.manage import desk
from civic.crowdfund.matching.manage.doors import scheme_here
from civic.crowdfund.matching.models import MatchScheme
from civic.crowdfund.matching.queries.prospects import MOST_CAMPAIGNS, Candidate, candidates, prospects
from civic.crowdfund.matching.rules.simulation import Assumption, Forecast, simulate, too_many
from civic.crowdfund.matching.rules.terms import Funder, Scheme

DAYS, POT = 14, Money(10_000_00)
"""What is taken until somebody says otherwise."""
TOO_MANY = _l("That would be more gifts than can be tried at once. Choose fewer campaigns, or more days.")


@desk.get("/simulator")
@allowed(access.may_simulate)
def show_simulator() -> ResponseReturnValue:
    """The question, filled in from a scheme where one is named, and its answer once something was asked."""
    scheme = _scheme(request.args.get("scheme", ""))
    found = candidates(clock.now(), scheme.id if scheme else None)
    if "kind" not in request.args:
        return _page(_filled(scheme), scheme, found)
    form = _asked(request.args, scheme, found)
    if not form.validate():
        return _page(form, scheme, found), 422
    chosen = _chosen(form, found)
    forecast = _forecast(form, chosen)
    if forecast is None:
        form.which.errors = [TOO_MANY]
        return _page(form, scheme, found), 422
    return _page(form, scheme, found, chosen, forecast)


@desk.post("/simulator/draft")
@allowed(access.may_start)
def draft_simulation() -> ResponseReturnValue:
    """Take a question that was answered over into the form of a new scheme: its rule, its pot and its campaigns."""
    scheme = _scheme(request.form.get("scheme", ""))
    found = candidates(clock.now(), scheme.id if scheme else None)
    form = _asked(request.form, scheme, found)
    if not form.validate():
        return _page(form, scheme, found), 422
    rule = {name: value for name in ALL if name.startswith(f"{form.kind.data}_") and (value := form[name]._value())}
    known = {"kind": form.kind.data, "counts_past": form.counts_past.data, "pot": form.pot._value()}
    campaigns = " ".join(each.slug for each in _chosen(form, found))
    return see_other("match_desk.new_scheme", **known, **rule, campaigns=campaigns)


def _scheme(slug: str) -> MatchScheme | None:
    """The scheme that is asked about; raises NotFound where this person may not know of it."""
    found = scheme_here(slug) if slug else None
    if slug and (found is None or not access.may_see(found)):
        raise NotFound()
    return found


def _filled(scheme: MatchScheme | None) -> SimulatorForm:
    """The question before anything was asked: what the scheme says, or what most begin with."""
    known: dict[str, Any] = {"kind": "ratio", "pot": POT, "which": "all", "counts_past": "no", "days": DAYS}
    if scheme is not None:
        pot = sum((each.contribution for each in scheme.funders), Money(0))
        known |= SimulatorForm.typed(scheme.formula) | {"scheme": scheme.slug, "which": "scheme"}
        known |= {"pot": pot or POT, "counts_past": "yes" if scheme.is_public or scheme.counts_past else "no"}
    return SimulatorForm(formdata=None, data=known)


def _asked(asked: Any, scheme: MatchScheme | None, found: list[Candidate]) -> SimulatorForm:
    form = SimulatorForm(formdata=asked)
    form.for_scheme(scheme is not None)
    form.offer(found)
    return form


def _chosen(form: SimulatorForm, found: list[Candidate]) -> list[Candidate]:
    """The campaigns that are asked about, as far as they take pledges still."""
    which, mine = form.which.data, set(form.campaigns.data or ())
    offered = found[:MOST_CAMPAIGNS]
    return [each for each in offered if which == "all" or (each.is_in if which == "scheme" else each.id in mine)]


def _page(
    form: SimulatorForm,
    scheme: MatchScheme | None,
    found: list[Candidate],
    chosen: Sequence[Candidate] = (),
    forecast: Forecast | None = None,
) -> str:
    form.for_scheme(scheme is not None)
    form.offer(found)
    outlooks = {each.id: each for each in forecast.campaigns} if forecast else {}
    gains = sorted(chosen, key=lambda each: (-outlooks[each.id].match.minor, each.title.text))
    return render_template(
        "crowdfund/matching/desk/simulator.html",
        form=form,
        scheme=scheme,
        found=found[:MOST_CAMPAIGNS],
        are_more=len(found) > MOST_CAMPAIGNS,
        assumption=_assumption(form),
        forecast=forecast,
        rows=[(each, outlooks[each.id]) for each in gains],
        asked=form.question(),
        may_start=access.may_start(),
    )


def _assumption(form: SimulatorForm) -> Assumption:
    return Assumption(form.days.data or 0, counts_past=form.counts_past.data == "yes")


def _forecast(form: SimulatorForm, chosen: list[Candidate]) -> Forecast | None:
    """The answer; None where it would take too long. That one funder pays for all makes no difference to what campaigns get."""
    assert form.pot.data is not None
    asked, now = _assumption(form), clock.now()
    tried = prospects(chosen, days=asked.days, all_of_them=asked.counts_past, now=now)
    if too_many(tried, assumption=asked, now=now):
        return None
    return simulate(Scheme(form.formula(), (Funder(1, form.pot.data),)), tried, assumption=asked, now=now)
