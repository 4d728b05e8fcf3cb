"""The account: what there is to do, the profile, the devices, the language."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts import access, entrance
from civic.accounts.actions import profile as actions
from civic.accounts.actions import sessions
from civic.accounts.forms.profile import LanguageForm, ProfileForm
from civic.accounts.models import UserSession
from civic.accounts.queries import organisations, people, sharing
from civic.accounts.rules import profile as rules
from civic.accounts.rules.links import safe_next
from civic.accounts.views import bp
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.i18n import current
from civic.core.pages import see_other
from civic.core.person import me


@bp.get("/account")
@allowed(access.is_signed_in)
def show_account() -> ResponseReturnValue:
    """What there is to see and to do about oneself."""
    user = me()
    return render_template(
        "accounts/show_account.html",
        user=user,
        consent=sharing.standing_consent(user, "equality_monitoring"),
        mine=organisations.organisations_of(user),
        told=rules.parts_told(user),
    )


@bp.get("/account/profile")
@allowed(access.is_signed_in)
def edit_profile() -> ResponseReturnValue:
    """The form for the profile."""
    return render_template(
        "accounts/edit_profile.html", form=ProfileForm(obj=me()), wanted=safe_next(request.args.get("next"))
    )


@bp.post("/account/profile")
@allowed(access.is_signed_in)
def save_profile() -> ResponseReturnValue:
    """Keep what was told."""
    form, user = ProfileForm(), me()
    if form.validate():
        with saving(form) as saved:
            actions.tell(user, **{part: form[part].data for part in actions.PROFILE})
            actions.name(user, form.display_name.data)
        if saved.ok:
            flash(_("Your profile is saved."), "success")
            return redirect(entrance.next_or("accounts.show_account"), 303)
    return render_template("accounts/edit_profile.html", form=form, wanted=safe_next(request.form.get("next"))), 422


@bp.get("/account/devices")
@allowed(access.is_signed_in)
def show_devices() -> ResponseReturnValue:
    """Where one is signed in."""
    return render_template(
        "accounts/show_devices.html", sessions=people.sessions_of(me(), clock.now()), here=me().session
    )


def own_session(session_id: int) -> UserSession | None:
    """One of the signed-in person's own sessions; others' are not there."""
    return people.session_of(me(), session_id) if access.is_signed_in() and session_id < 2**62 else None


@bp.post("/account/devices/<int:session_id>/sign-out")
@allowed(access.is_signed_in, on=own_session)
def sign_out_device(session: UserSession) -> ResponseReturnValue:
    """Sign one device out."""
    here = session.id == me().session.id
    with transaction():
        sessions.end(session)
    if here:
        entrance.leave()
        return redirect(f"/{current().code}/", 303)
    flash(_("That device is signed out."), "success")
    return see_other("accounts.show_devices")


@bp.post("/account/devices/sign-out")
@allowed(access.is_signed_in)
def sign_out_others() -> ResponseReturnValue:
    """Sign every other device out."""
    with transaction():
        sessions.end_all(me(), but=me().session)
    flash(_("Every other device is signed out."), "success")
    return see_other("accounts.show_devices")


@bp.get("/account/language")
@allowed(access.is_signed_in)
def choose_language() -> ResponseReturnValue:
    """The form for one's language."""
    return render_template("accounts/choose_language.html", form=LanguageForm(language=me().language))


@bp.post("/account/language")
@allowed(access.is_signed_in)
def save_language() -> ResponseReturnValue:
    """Keep the language, and go on in it."""
    form = LanguageForm()
    if not form.validate():
        return render_template("accounts/choose_language.html", form=form), 422
    with transaction():
        actions.choose_language(me(), form.language.data)
    return redirect(url_for("accounts.show_account", lang=form.language.data), 303)
