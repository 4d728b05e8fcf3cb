"""The control page: what time it is, what goes wrong, how webhooks arrive."""

from datetime import datetime, timedelta

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.forms import Form
from civic.core.i18n import format_datetime
from civic.core.pages import see_other
from civic.core.person import me
from civic.payments.sandbox import faults, jumping, queries
from civic.payments.sandbox.access import has_a_clock, may_play_the_world
from civic.payments.sandbox.desk_forms import (
    CALLS,
    OPERATIONS,
    WEBHOOKS,
    ComeBackForm,
    FaultForm,
    JumpForm,
    StepForm,
    WebhookForm,
)
from civic.payments.sandbox.manage import bp
from civic.payments.sandbox.world import world

LATE = 300  # seconds


@bp.get("")
@allowed(may_play_the_world)
def show_control() -> str:
    """Everything that can be ordered, with what is ordered already; `?to=` a moment fills in the jump."""
    return _page()


@bp.post("/jumps")
@allowed(has_a_clock)
def jump() -> ResponseReturnValue:
    """Be at a London date and minute."""
    form = JumpForm()
    if form.validate():
        with saving(form) as saved:
            jumping.jump(form.until.data, by=me(), now=clock.now())
        if saved.ok:
            return _moved()
    return _page(form), 422


@bp.post("/steps")
@allowed(has_a_clock)
def step() -> ResponseReturnValue:
    """Some hours forward."""
    form = StepForm()
    if form.validate():
        now = clock.now()
        with saving(form) as saved:
            jumping.jump(now + timedelta(hours=form.hours.data or 0), by=me(), now=now)
        if saved.ok:
            return _moved()
    return _page(form), 422


@bp.post("/real-time")
@allowed(has_a_clock)
def come_back() -> ResponseReturnValue:
    """The machine's own time again."""
    form = ComeBackForm()
    if form.validate():
        with saving(form) as saved:
            jumping.come_back(by=me(), now=clock.now())
        if saved.ok:
            return _moved()
    return _page(form), 422


@bp.post("/faults")
@allowed(may_play_the_world)
def order_fault() -> ResponseReturnValue:
    """Let something go wrong with the next calls."""
    form = FaultForm()
    if not form.validate():
        return _page(form), 422
    kind, operation = form.kind.data, form.operation.data or ""
    times, seconds = form.times.data or 1, form.seconds.data or 0
    world().play(lambda s, now: faults.order(s, kind, operation=operation, times=times, seconds=seconds))
    flash(_("It will go wrong."), "success")
    return see_other("manage_sandbox.show_control")


@bp.post("/faults/removal")
@allowed(may_play_the_world)
def remove_faults() -> ResponseReturnValue:
    """Everything goes well again."""
    world().play(lambda session, now: faults.calm(session))
    flash(_("Everything goes well again."), "success")
    return see_other("manage_sandbox.show_control")


@bp.post("/webhooks")
@allowed(may_play_the_world)
def set_webhooks() -> ResponseReturnValue:
    """How announcements arrive from now on."""
    form = WebhookForm()
    if not form.validate():
        return _page(form), 422
    wanted = form.ways.data or []

    def act(session, now):  # type: ignore[no-untyped-def]
        for kind in faults.WEBHOOKS:
            faults.calm(session, kind)
        for kind in wanted:
            faults.order(session, kind, seconds=LATE if kind == "delay" else 0)

    world().play(act)
    flash(_("Announcements arrive as you chose."), "success")
    return see_other("manage_sandbox.show_control")


def _moved() -> ResponseReturnValue:
    flash(_("It is now %(moment)s here.", moment=format_datetime(clock.now())), "success")
    return see_other("manage_sandbox.show_control")


def _page(sent: Form | None = None) -> str:
    """The page, with the form that was sent as it was sent and the others fresh."""
    ordered, mine, now = queries.faults(), jumping.virtual_clock(), clock.now()

    def fresh(kind: type[Form], **filled: object) -> Form:
        return sent if isinstance(sent, kind) else kind(formdata=None, **filled)

    return render_template(
        "payments/sandbox/show_control.html",
        section="control",
        form=sent,
        now=now,
        has_clock=mine is not None,
        ahead=mine.ahead() if mine else timedelta(0),
        jumping=fresh(JumpForm, until=_asked(now)),
        coming_back=fresh(ComeBackForm),
        ordering=fresh(FaultForm),
        arriving=fresh(WebhookForm, ways=[each.kind for each in ordered if each.kind in WEBHOOKS]),
        ordered=[each for each in ordered if each.kind in CALLS],
        untold=queries.untold(),
        calls=CALLS,
        operations=OPERATIONS,
    )


def _asked(now: datetime) -> datetime:
    """The moment in the address, where it can be read; tomorrow at this time otherwise."""
    try:
        moment = datetime.fromisoformat(request.args.get("to", ""))
        return moment if moment.tzinfo and moment.year < 9000 else now + timedelta(days=1)
    except ValueError:
        return now + timedelta(days=1)
