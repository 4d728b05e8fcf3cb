"""Interests in anything that public money may go to: declared for oneself, lifted for others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.queries.people import user_by_id
from civic.assessment import access
from civic.assessment.actions import interests as actions
from civic.assessment.forms.interests import DeclarationForm, WhyForm
from civic.assessment.manage import desk
from civic.assessment.models import Declaration, Item
from civic.assessment.queries import interests as queries
from civic.assessment.queries.items import item_of
from civic.assessment.queries.panels import names_of
from civic.assessment.refusals import NothingToLift
from civic.core import clock, subjects
from civic.core.db import db
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.i18n import Words, current
from civic.core.pages import page_of, see_other
from civic.core.person import me


@dataclass(frozen=True)
class Named:
    """A thing as it is called before anything else of it may be seen."""

    subject: str
    kind: Any
    number: int
    title: Words | None = None
    recipient: str = ""


def named(subject: str) -> Named | None:
    """The thing of this name ("application:12"); None where no package of the house knows its kind."""
    kind, _colon, number = subject.partition(":")
    known = current_app.extensions["civic"].subjects.get(kind)
    if known is None or subjects.number_of(subject, kind) is None or number != str(int(number)):
        return None
    item = item_of(subject)
    if item is None:
        return Named(subject, known.label, int(number))
    return Named(subject, known.label, int(number), Words(item.title, item.language), item.recipient)


@desk.get("/interests")
@allowed(access.may_run)
def list_interests() -> ResponseReturnValue:
    """Every interest that stands, latest first."""
    page = page_of(queries.standing_interests(), [Declaration.id.desc()], at=request.args.get("at"), scalars=True)
    items = db.session.query(Item).filter(Item.subject.in_([each.subject for each in page.items]))
    return render_template(
        "assessment/list_interests.html",
        page=page,
        things={each.subject: Words(each.title, each.language) for each in items},
        kinds={kind: each.label for kind, each in current_app.extensions["civic"].subjects.items()},
        names=names_of(each.user_id for each in page.items),
        liftable=_liftable(page.items),
        me=me(),
    )


@desk.get("/interests/<subject>")
@allowed(access.may_declare_interests)
@allowed(access.may_declare_interests, on=named)
def show_interest(thing: Named) -> ResponseReturnValue:
    """What one said about one's interest in a thing, and the form to say it."""
    return _page(thing, DeclarationForm())


@desk.post("/interests/<subject>")
@allowed(access.may_declare_interests)
@allowed(access.may_declare_interests, on=named)
def declare_interest(thing: Named) -> ResponseReturnValue:
    """Declare an interest, or that there is none."""
    form = DeclarationForm()
    if form.validate():
        has_interest = form.has_interest.data == "yes"
        words = form.words.data or "" if has_interest else ""
        with saving(form) as saved:
            actions.declare(
                thing.subject,
                user=me(),
                has_interest=has_interest,
                words=words,
                now=clock.now(),
                language=current().code,
            )
        if saved.ok:
            flash(_("Thank you. What you declared is on record."), "success")
            return see_other("assessment.show_interest", subject=thing.subject)
    return _page(thing, form), 422


@desk.get("/declarations/<int:declaration_id>/lifting")
@allowed(access.may_run)
@allowed(access.may_lift, on=queries.declaration_by_id)
def confirm_lifting(declaration: Declaration) -> ResponseReturnValue:
    """Ask why before somebody's interest counts no more."""
    return _lifting_page(declaration, WhyForm())


@desk.post("/declarations/<int:declaration_id>/lifting")
@allowed(access.may_run)
@allowed(access.may_lift, on=queries.declaration_by_id)
def lift_interest(declaration: Declaration) -> ResponseReturnValue:
    """Lift an interest of somebody else."""
    form = WhyForm()
    if form.validate():
        with saving(form) as saved:
            person = user_by_id(declaration.user_id)
            if person is None:
                raise NothingToLift()
            actions.lift(
                declaration.subject, person, why=form.why.data, by=me(), now=clock.now(), language=current().code
            )
        if saved.ok:
            flash(_("The interest is lifted."), "success")
            return see_other("assessment.list_interests")
    return _lifting_page(declaration, form), 422


def _liftable(declared: Sequence[Declaration]) -> set[int]:
    """Those that I may lift: not mine, and in nothing that is hidden from me; asked about the list as a whole."""
    hidden = queries.hidden_among((each.subject for each in declared), me().id)
    return {each.id for each in declared if each.user_id != me().id and each.subject not in hidden}


def _page(thing: Named, form: DeclarationForm) -> str:
    return render_template(
        "assessment/show_interest.html",
        thing=thing,
        form=form,
        latest=queries.latest(thing.subject, me().id),
        is_party=me().id in subjects.parties_of(thing.subject),
    )


def _lifting_page(declaration: Declaration, form: WhyForm) -> str:
    return render_template(
        "assessment/confirm_lifting.html",
        declaration=declaration,
        thing=named(declaration.subject),
        names=names_of([declaration.user_id]),
        form=form,
    )
