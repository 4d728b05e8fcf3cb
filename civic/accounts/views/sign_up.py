"""Signing up: an address and a password, then the link, then the profile."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts import access, entrance
from civic.accounts.actions import sessions
from civic.accounts.actions import sign_up as actions
from civic.accounts.forms.entrance import SignUpForm
from civic.accounts.models import EmailLink
from civic.accounts.queries import people
from civic.accounts.rules.links import safe_next
from civic.accounts.views import bp
from civic.accounts.views.limits import typed_email
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.i18n import current
from civic.core.pages import see_other
from civic.core.security import limit
from civic.core.tokens import hashed


@bp.get("/sign-up")
@allowed(anyone)
def sign_up() -> ResponseReturnValue:
    """The form for a new account."""
    if access.is_signed_in():
        return see_other("accounts.show_account")
    return render_template("accounts/sign_up.html", form=SignUpForm(next=request.args.get("next")))


@bp.post("/sign-up")
@allowed(anyone)
@limit("30/hour")
@limit("6/hour", key=typed_email)
def begin_sign_up() -> ResponseReturnValue:
    """Send the link. The answer is the same whether or not the address has an account."""
    form = SignUpForm()
    if not form.validate():
        return render_template("accounts/sign_up.html", form=form), 422
    with transaction():
        number = actions.begin(form.email.data, form.password.data, language=current().code, now=clock.now())
    session["sign_up"] = {"link": number, "next": form.next.data}
    session["sent_to"] = form.email.data
    return see_other("accounts.sign_up_sent")


@bp.get("/sign-up/sent")
@allowed(anyone)
def sign_up_sent() -> ResponseReturnValue:
    """What happens next: look into your inbox."""
    return render_template("accounts/sign_up_sent.html", address=session.get("sent_to"))


def sign_up_link(token: str) -> EmailLink | None:
    """The confirmation link behind a token, used ones too, so that the page can say so."""
    return people.link_by_token("sign_up", token)


@bp.get("/sign-up/<token>")
@allowed(anyone, on=sign_up_link)
def show_confirmation(link: EmailLink) -> ResponseReturnValue:
    """The button that confirms. Looking changes nothing: mail programs fetch links before people do."""
    works = link.used_at is None and link.expires_at > clock.now()
    if not works:
        return render_template("accounts/spent_link.html", again=url_for("accounts.sign_in")), 410
    return render_template("accounts/confirm_sign_up.html", address=link.email)


@bp.post("/sign-up/<token>")
@allowed(anyone)
@limit("60/hour")
def confirm_sign_up(token: str) -> ResponseReturnValue:
    """Make the account; the browser that began it is signed in, any other is shown the way."""
    began = session.get("sign_up") or {}
    mine = began.get("link") == hashed(token)
    now = clock.now()
    with transaction():
        user = actions.confirm(token, now=now)
        entered = sessions.start(user, device=entrance.device(request), now=now) if mine else None
    flash(_("Your email address is confirmed."), "success")
    if entered is None:
        return see_other("accounts.sign_in")
    session.pop("sign_up", None)
    entrance.enter(user, entered)
    return redirect(url_for("accounts.edit_profile", next=safe_next(began.get("next"))), 303)
