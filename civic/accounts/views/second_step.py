"""The second step of staff: setting up an app, typing its code, keeping the recovery codes."""

import io

import segno
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from civic.accounts import access, entrance
from civic.accounts.actions import second_factor as actions
from civic.accounts.actions import sessions
from civic.accounts.forms.entrance import CodeForm
from civic.accounts.models import SecondFactor, User
from civic.accounts.queries import people
from civic.accounts.rules.links import safe_next
from civic.accounts.views import bp
from civic.accounts.views.limits import person
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit


@bp.get("/sign-in/second-step")
@allowed(access.is_signed_in)
def second_step() -> ResponseReturnValue:
    """Ask for the code, or for the set-up where there is none yet."""
    factor, wanted = people.second_factor_of(me()), safe_next(request.args.get("next"))
    if not access.is_owed_a_second_factor():
        return redirect(entrance.next_or("accounts.show_account"), 303)
    if factor is None or not factor.confirmed_at:
        return redirect(url_for("accounts.set_up_second_step", next=wanted), 303)
    return _code_page(CodeForm(next=wanted), factor)


@bp.post("/sign-in/second-step")
@allowed(access.is_signed_in)
@limit("10/10 minutes", key=person)
def pass_second_step() -> ResponseReturnValue:
    """Check the code and go on, with a new session."""
    form, user, now = CodeForm(), me(), clock.now()
    if form.validate():
        with saving(form) as saved:
            actions.check(user, code=form.code.data, now=now)
            token = sessions.replace(user, device=entrance.device(request), now=now)
        if saved.ok:
            entrance.enter(user, token)
            return redirect(entrance.next_or("accounts.show_account"), 303)
    return _code_page(form, people.second_factor_of(user)), 422


@bp.get("/account/second-step")
@allowed(access.is_signed_in)
def set_up_second_step() -> ResponseReturnValue:
    """How to set up an app: first the beginning, then the square to scan, at last what is set up."""
    user, form = me(), CodeForm(next=request.args.get("next"))
    factor = people.second_factor_of(user)
    if factor is not None and factor.confirmed_at:
        if access.is_owed_a_second_factor():
            return see_other("accounts.second_step")
        left = people.recovery_codes_left(user)
        return render_template("accounts/second_step_ready.html", factor=factor, left=left, form=form)
    return _set_up_page(user, factor, form)


@bp.post("/account/second-step")
@allowed(access.is_signed_in)
def begin_second_step() -> ResponseReturnValue:
    """Make a secret for the app."""
    with transaction():
        actions.begin(me(), now=clock.now())
    return redirect(url_for("accounts.set_up_second_step", next=safe_next(request.form.get("next"))), 303)


@bp.post("/account/second-step/confirmation")
@allowed(access.is_signed_in)
@limit("10/10 minutes", key=person)
def confirm_second_step() -> ResponseReturnValue:
    """Finish with a first code. The recovery codes are in this answer and nowhere else, so it is not a redirect."""
    form, user, now = CodeForm(), me(), clock.now()
    if form.validate():
        with saving(form) as saved:
            codes = actions.confirm(user, code=form.code.data, now=now)
            token = sessions.replace(user, device=entrance.device(request), now=now)
        if saved.ok:
            entrance.enter(user, token)
            return _codes_page(codes, next_=form.next.data)
    page, status = _set_up_page(user, people.second_factor_of(user), form), 422
    return page, status


@bp.post("/account/second-step/codes")
@allowed(access.is_signed_in)
@limit("10/10 minutes", key=person)
def make_recovery_codes() -> ResponseReturnValue:
    """Ten new recovery codes for a code of the app; the old ones end."""
    form, user = CodeForm(), me()
    if form.validate():
        with saving(form) as saved:
            actions.check(user, code=form.code.data, now=clock.now())
            codes = actions.new_recovery_codes(user)
        if saved.ok:
            return _codes_page(codes)
    factor, left = people.second_factor_of(user), people.recovery_codes_left(user)
    if factor is None or not factor.confirmed_at:
        flash(_("Set up your authenticator app first."), "warning")
        return see_other("accounts.set_up_second_step")
    return render_template("accounts/second_step_ready.html", factor=factor, left=left, form=form), 422


def _code_page(form: CodeForm, factor: SecondFactor | None) -> str:
    return render_template("accounts/second_step.html", form=form, demo_code=actions.demo_code(factor, clock.now()))


def _set_up_page(user: User, factor: SecondFactor | None, form: CodeForm) -> str:
    if factor is None:
        return render_template("accounts/begin_second_step.html", wanted=form.next.data)
    secret = actions.secret_of(factor)
    spaced = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    return render_template(
        "accounts/set_up_second_step.html", form=form, secret=spaced, square=_square(actions.address_of(factor, user))
    )


def _codes_page(codes: list[str], next_: str | None = None) -> str:
    return render_template(
        "accounts/recovery_codes.html", codes=codes, onward=next_ or url_for("accounts.show_account")
    )


def _square(address: str) -> Markup:
    """The QR code as an inline drawing: dark on light in every theme, or cameras do not read it."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=True, border=4, dark="#000", light="#fff", omitsize=True
    )
    return Markup(drawn.getvalue().decode())  # noqa: S704 - our own drawing of numbers
