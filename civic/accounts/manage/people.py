"""People as administrators see them: found, given roles, suspended; every act on record."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts import access, wording
from civic.accounts.actions import roles as actions
from civic.accounts.actions import second_factor, sessions
from civic.accounts.forms.organisations import WhyForm
from civic.accounts.forms.staff import GrantForm, PeopleSearchForm, SuspendForm
from civic.accounts.manage import bp
from civic.accounts.models import User
from civic.accounts.queries import organisations, people
from civic.accounts.rules.choices import ROLES
from civic.core import audit, clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.states import history


@bp.get("/people")
@allowed(access.may_see_people)
def list_people() -> ResponseReturnValue:
    """Everybody with an account, newest first, by any part of name or address."""
    form = PeopleSearchForm(request.args)
    wanted = {"words": form.q.data or "", "role": form.role.data or "", "status": form.status.data or ""}
    if not form.validate_search():
        wanted = {}
    page = page_of(people.people(**wanted), [User.created_at.desc(), User.id.desc()], at=request.args.get("at"))
    return render_template("accounts/list_people.html", form=form, page=page, role_names=wording.ROLE_NAMES)


@bp.get("/people/<int:user_id>")
@allowed(access.may_see_people, on=people.user_by_id)
def show_person(user: User) -> ResponseReturnValue:
    """A person: roles, sessions, organisations, what happened to the account."""
    return _person_page(user)


@bp.post("/people/<int:user_id>/roles")
@allowed(access.may_change_roles_of, on=people.user_by_id)
def grant_role(user: User) -> ResponseReturnValue:
    """Give a role."""
    form = GrantForm()
    if form.validate():
        with saving(form) as saved:
            actions.grant(user, form.role.data, by=me(), why=form.why.data, now=clock.now())
        if saved.ok:
            flash(_("The role is given. It counts from the next sign-in, with the second step."), "success")
            return see_other("people.show_person", user_id=user.id)
    return _person_page(user, grant=form), 422


def person_and_role(user_id: int, role: str) -> tuple[User, str] | None:
    """A person and a role that exists."""
    user = people.user_by_id(user_id)
    return (user, role) if user and role in ROLES else None


def may_change_these(found: tuple[User, str]) -> bool:
    """Whether the role of this person may be changed."""
    return access.may_change_roles_of(found[0])


@bp.get("/people/<int:user_id>/roles/<role>/removal")
@allowed(may_change_these, on=person_and_role)
def ask_to_revoke(found: tuple[User, str]) -> ResponseReturnValue:
    """Ask for the reason before a role is taken away."""
    return _reason_page("revoke", found[0], WhyForm(), role=found[1])


@bp.post("/people/<int:user_id>/roles/<role>/removal")
@allowed(may_change_these, on=person_and_role)
def revoke_role(found: tuple[User, str]) -> ResponseReturnValue:
    """Take a role away, at once."""
    form, (user, role) = WhyForm(), found
    if form.validate():
        with saving(form) as saved:
            actions.revoke(user, role, by=me(), why=form.why.data, now=clock.now())
        if saved.ok:
            flash(_("The role is taken away, and the person is signed out everywhere."), "success")
            return see_other("people.show_person", user_id=user.id)
    return _reason_page("revoke", user, form, role=role), 422


@bp.get("/people/<int:user_id>/suspension")
@allowed(access.may_suspend, on=people.user_by_id)
def ask_to_suspend(user: User) -> ResponseReturnValue:
    """Ask for the reason before an account is suspended, or a suspension lifted."""
    return _reason_page("suspend" if user.is_active else "lift", user, SuspendForm() if user.is_active else WhyForm())


@bp.post("/people/<int:user_id>/suspension")
@allowed(access.may_suspend, on=people.user_by_id)
def suspend(user: User) -> ResponseReturnValue:
    """Suspend an account."""
    form = SuspendForm()
    if form.validate():
        with saving(form) as saved:
            actions.suspend(user, by=me(), why=form.why.data, now=clock.now())
        if saved.ok:
            flash(_("The account is suspended, and we wrote to the person."), "success")
            return see_other("people.show_person", user_id=user.id)
    return _reason_page("suspend", user, form), 422


@bp.post("/people/<int:user_id>/suspension/end")
@allowed(access.may_suspend, on=people.user_by_id)
def lift_suspension(user: User) -> ResponseReturnValue:
    """Let the account be used again."""
    form = WhyForm()
    if form.validate():
        with saving(form) as saved:
            actions.lift(user, by=me(), why=form.why.data, now=clock.now())
        if saved.ok:
            flash(_("The suspension is lifted, and we wrote to the person."), "success")
            return see_other("people.show_person", user_id=user.id)
    return _reason_page("lift", user, form), 422


@bp.post("/people/<int:user_id>/sign-out")
@allowed(access.may_change_roles_of, on=people.user_by_id)
def sign_person_out(user: User) -> ResponseReturnValue:
    """Sign a person out everywhere."""
    with transaction():
        sessions.end_all(user)
        audit.record("account.signed_out", on=user, by=me(), now=clock.now())
    flash(_("The person is signed out everywhere."), "success")
    return see_other("people.show_person", user_id=user.id)


@bp.get("/people/<int:user_id>/second-step/removal")
@allowed(access.may_change_roles_of, on=people.user_by_id)
def ask_to_remove_second_step(user: User) -> ResponseReturnValue:
    """Ask for the reason before a second step is taken away."""
    return _reason_page("second_step", user, WhyForm())


@bp.post("/people/<int:user_id>/second-step/removal")
@allowed(access.may_change_roles_of, on=people.user_by_id)
def remove_second_step(user: User) -> ResponseReturnValue:
    """Let a person who lost phone and codes set the second step up anew."""
    form = WhyForm()
    if form.validate():
        with saving(form) as saved:
            second_factor.remove(user, by=me(), why=form.why.data, now=clock.now())
        if saved.ok:
            flash(_("The second step is removed. It is set up anew at the next sign-in."), "success")
            return see_other("people.show_person", user_id=user.id)
    return _reason_page("second_step", user, form), 422


def _person_page(user: User, grant: GrantForm | None = None) -> str:
    if user is None:
        raise NotFound()
    form = grant or GrantForm(formdata=None)
    held = people.grants_of(user)
    form.role.choices = [(code, words) for code, words in form.role.choices if code not in {each.role for each in held}]
    return render_template(
        "accounts/show_person.html",
        user=user,
        form=form,
        grants=held,
        sessions=people.sessions_of(user, clock.now()),
        mine=organisations.organisations_of(user),
        moves=history(user),
        second_factor=people.second_factor_of(user),
        may_change=access.may_change_roles_of(user),
        wording=wording,
    )


def _reason_page(act: str, user: User, form: Any, **about: Any) -> str:
    return render_template(
        "accounts/ask_for_reason.html", act=act, user=user, form=form, role_names=wording.ROLE_NAMES, **about
    )
