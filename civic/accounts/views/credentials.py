"""Sign-in details: a forgotten password, a new one, a new address."""

from flask import flash, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts import access, entrance
from civic.accounts.actions import credentials as actions
from civic.accounts.forms.entrance import ChangeEmailForm, ChangePasswordForm, LinkForm, NewPasswordForm
from civic.accounts.models import EmailLink
from civic.accounts.queries import people
from civic.accounts.views import bp
from civic.accounts.views.limits import person, typed_email
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.errors import saving
from civic.core.i18n import current
from civic.core.pages import see_other
from civic.core.person import maybe_me, me
from civic.core.security import limit


@bp.get("/password/forgotten")
@allowed(anyone)
def forgotten_password() -> ResponseReturnValue:
    """The form for a link to choose a new password."""
    return render_template("accounts/forgotten_password.html", form=LinkForm())


@bp.post("/password/forgotten")
@allowed(anyone)
@limit("30/hour")
@limit("6/hour", key=typed_email)
def send_reset_link() -> ResponseReturnValue:
    """Send the link; the answer is the same whether or not anybody has the address."""
    form = LinkForm()
    if not form.validate():
        return render_template("accounts/forgotten_password.html", form=form), 422
    with transaction():
        actions.send_reset_link(form.email.data, language=current().code, now=clock.now())
    session["sent_to"] = form.email.data
    return see_other("accounts.link_sent")


def reset_link(token: str) -> tuple[EmailLink, str] | None:
    """The reset link behind a token, and the token, used ones too, so that the page can say so."""
    link = people.link_by_token("reset_password", token)
    return (link, token) if link else None


@bp.get("/password/new/<token>")
@allowed(anyone, on=reset_link)
def new_password(found: tuple[EmailLink, str]) -> ResponseReturnValue:
    """The form for the new password."""
    if found[0].used_at or found[0].expires_at <= clock.now():
        return render_template("accounts/spent_link.html", again=url_for("accounts.forgotten_password")), 410
    return render_template("accounts/new_password.html", form=NewPasswordForm())


@bp.post("/password/new/<token>")
@allowed(anyone, on=reset_link)
@limit("60/hour")
def reset_password(found: tuple[EmailLink, str]) -> ResponseReturnValue:
    """Set the new password, and sign every browser out."""
    form = NewPasswordForm()
    form.about = (found[0].email,)
    if form.validate():
        with saving(form) as saved:
            actions.reset_password(found[1], new=form.password.data, now=clock.now())
        if saved.ok:
            if maybe_me() is not None:
                entrance.leave()
            flash(
                _("Your password is changed, and you are signed out everywhere. Sign in with the new one."), "success"
            )
            return see_other("accounts.sign_in")
    return render_template("accounts/new_password.html", form=form), 422


@bp.get("/account/password")
@allowed(access.is_signed_in)
def change_password() -> ResponseReturnValue:
    """The form for the old and the new password."""
    return render_template("accounts/change_password.html", form=ChangePasswordForm())


@bp.post("/account/password")
@allowed(access.is_signed_in)
@limit("10/10 minutes", key=person)
def save_password() -> ResponseReturnValue:
    """Change the password, and sign the other browsers out."""
    form, user = ChangePasswordForm(), me()
    form.about = (user.email, user.name)
    if form.validate():
        with saving(form) as saved:
            actions.change_password(user, current=form.current_password.data, new=form.password.data, now=clock.now())
        if saved.ok:
            flash(_("Your password is changed. Every other device is signed out."), "success")
            return see_other("accounts.show_account")
    return render_template("accounts/change_password.html", form=form), 422


@bp.get("/account/email")
@allowed(access.is_signed_in)
def change_email() -> ResponseReturnValue:
    """The form for a new address."""
    return render_template("accounts/change_email.html", form=ChangeEmailForm())


@bp.post("/account/email")
@allowed(access.is_signed_in)
@limit("10/hour", key=person)
def begin_email_change() -> ResponseReturnValue:
    """Send a link to the new address; the answer is the same when somebody has it already."""
    form = ChangeEmailForm()
    if form.validate():
        with saving(form) as saved:
            actions.begin_email_change(
                me(), new_email=form.email.data, password=form.current_password.data, now=clock.now()
            )
        if saved.ok:
            session["sent_to"] = form.email.data
            return see_other("accounts.link_sent")
    return render_template("accounts/change_email.html", form=form), 422


def change_link(token: str) -> EmailLink | None:
    """The link that makes a new address one's own, used ones too."""
    return people.link_by_token("change_email", token)


@bp.get("/account/email/<token>")
@allowed(anyone, on=change_link)
def show_email_change(link: EmailLink) -> ResponseReturnValue:
    """The button that confirms the new address."""
    if link.used_at or link.expires_at <= clock.now():
        return render_template("accounts/spent_link.html", again=url_for("accounts.change_email")), 410
    return render_template("accounts/confirm_email_change.html", address=link.email)


@bp.post("/account/email/<token>")
@allowed(anyone)
@limit("60/hour")
def confirm_email_change(token: str) -> ResponseReturnValue:
    """Make the new address the account's."""
    with transaction():
        actions.confirm_email_change(token, now=clock.now())
    flash(_("Your new email address is confirmed. Use it to sign in from now on."), "success")
    return see_other("accounts.show_account")
