"""Signing in by password or by a one-time link, and signing out."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts import access, entrance
from civic.accounts.actions import sessions as actions
from civic.accounts.forms.entrance import LinkForm, SignInForm
from civic.accounts.models import EmailLink
from civic.accounts.queries import people
from civic.accounts.rules.emails import normalised
from civic.accounts.rules.links import safe_next
from civic.accounts.views import bp
from civic.accounts.views.limits import typed_email
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.errors import saving
from civic.core.i18n import current
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit


@bp.get("/sign-in")
@allowed(anyone)
def sign_in() -> ResponseReturnValue:
    """The form for address and password, and the way to a link."""
    if access.is_signed_in():
        return redirect(entrance.next_or("accounts.show_account"), 303)
    wanted = safe_next(request.args.get("next"))
    return render_template("accounts/sign_in.html", form=SignInForm(next=wanted), wanted=wanted)


@bp.post("/sign-in")
@allowed(anyone)
@limit("30/minute")
@limit("20/10 minutes", key=typed_email)
def begin_session() -> ResponseReturnValue:
    """Let the person in, or say, in the same words and the same time for every reason, that the two do not belong together."""
    form, now = SignInForm(), clock.now()
    if form.validate():
        with saving(form) as saved:
            user = actions.by_password(normalised(form.email.data), form.password.data)
            token = actions.start(user, device=entrance.device(request), now=now)
        if saved.ok:
            entrance.enter(user, token)
            return redirect(entrance.after_entering(user), 303)
    return render_template("accounts/sign_in.html", form=form, wanted=form.next.data), 422


@bp.get("/sign-in/link")
@allowed(anyone)
def ask_for_link() -> ResponseReturnValue:
    """The form for a one-time link."""
    return render_template("accounts/ask_for_link.html", form=LinkForm(next=request.args.get("next")))


@bp.post("/sign-in/link")
@allowed(anyone)
@limit("30/hour")
@limit("6/hour", key=typed_email)
def send_link() -> ResponseReturnValue:
    """Send a one-time link; the answer is the same whether or not anybody has the address."""
    form = LinkForm()
    if not form.validate():
        return render_template("accounts/ask_for_link.html", form=form), 422
    with transaction():
        actions.send_sign_in_link(form.email.data, language=current().code, now=clock.now())
    session["sent_to"], session["next"] = form.email.data, form.next.data
    return see_other("accounts.link_sent")


@bp.get("/sign-in/sent")
@allowed(anyone)
def link_sent() -> ResponseReturnValue:
    """What happens next: look into your inbox."""
    return render_template("accounts/link_sent.html", address=session.get("sent_to"))


def sign_in_link(token: str) -> EmailLink | None:
    """The sign-in link behind a token, used ones too, so that the page can say so."""
    return people.link_by_token("sign_in", token)


@bp.get("/sign-in/link/<token>")
@allowed(anyone, on=sign_in_link)
def show_sign_in_link(link: EmailLink) -> ResponseReturnValue:
    """The button that signs in. Looking changes nothing: mail programs fetch links before people do."""
    if link.used_at or link.expires_at <= clock.now():
        return render_template("accounts/spent_link.html", again=url_for("accounts.ask_for_link")), 410
    return render_template("accounts/confirm_sign_in.html", address=link.email)


@bp.post("/sign-in/link/<token>")
@allowed(anyone)
@limit("60/hour")
def use_sign_in_link(token: str) -> ResponseReturnValue:
    """Sign in by a link, once."""
    now = clock.now()
    with transaction():
        user = actions.by_link(token, now=now)
        entered = actions.start(user, device=entrance.device(request), now=now)
    wanted = safe_next(session.pop("next", None))
    entrance.enter(user, entered)
    return redirect(wanted if wanted and not user.is_staff else entrance.after_entering(user), 303)


@bp.post("/sign-out")
@allowed(access.is_signed_in)
def sign_out() -> ResponseReturnValue:
    """End this browser's session, here and in the database."""
    with transaction():
        actions.end(me().session)
    entrance.leave()
    flash(_("You are signed out."), "success")
    return redirect(f"/{current().code}/", 303)
