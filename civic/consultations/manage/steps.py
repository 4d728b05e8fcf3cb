"""Writing a consultation in steps: the question, what can change, dates, people, equality."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.accounts.models import RoleGrant, User
from civic.consultations import access, forms
from civic.consultations.actions import writing
from civic.consultations.manage import bp
from civic.consultations.manage.desk import back_to
from civic.consultations.manage.pages import form_page, kept
from civic.consultations.models import Consultation
from civic.consultations.queries import consultations as queries
from civic.core import clock
from civic.core.db import db
from civic.core.doors import allowed
from civic.core.errors import NotFound
from civic.core.forms import Form
from civic.core.person import me


@dataclass(frozen=True)
class Step:
    """One step: its title, its form, the parts of the consultation that it holds, and whether it changes after the announcement."""

    title: Any
    form: type[Form]
    parts: tuple[str, ...]
    stays_open: bool = False


STEPS = {
    "question": Step(
        _l("The question and its background"),
        forms.QuestionForm,
        ("question", "summary", "background", "language", "boroughs", "slug"),
    ),
    "change": Step(_l("What can and cannot change"), forms.ChangeForm, ("can_change", "cannot_change")),
    "dates": Step(_l("When it opens and closes"), forms.DatesForm, ("opens_at", "closes_at")),
    "people": Step(
        _l("Who answers and who decides"),
        forms.PeopleForm,
        ("officer_id", "contact", "decision_maker", "decision_role", "decision_kind", "decision_on"),
        stays_open=True,
    ),
    "equality": Step(_l("Effects on different people"), forms.EqualityForm, ("equality_note",)),
}


def step_here(slug: str, part: str) -> tuple[Consultation, Step, str] | None:
    """A step of a consultation that can be written now."""
    consultation, step = queries.by_slug(slug), STEPS.get(part)
    if consultation is None or step is None:
        return None
    return consultation, step, part


def _open(consultation: Consultation, step: Step) -> bool:
    return consultation.status == "draft" or (step.stays_open and not consultation.is_over)


def _filled(consultation: Consultation, step: Step) -> Form:
    data = {name: getattr(consultation, name) for name in step.parts}
    form = step.form(data=data | {"edition": str(consultation.version_id)})
    if "officer_id" in step.parts:
        form.officer_id.choices = officers(consultation)
    return form


def officers(consultation: Consultation) -> list[tuple[int, str]]:
    """Researchers by name; whoever is named now is offered too."""
    holders = select(RoleGrant.user_id).where(RoleGrant.role == "researcher")
    query = select(User).where(User.id.in_(holders) | (User.id == consultation.officer_id))
    found = [(each.id, each.name or each.email) for each in db.session.scalars(query.order_by(User.id))]
    return found if consultation.officer_id is not None else [(0, "–"), *found]


@bp.get("/<slug>/steps/<part>")
@allowed(access.may_run, on=step_here)
def edit_step(found: tuple[Consultation, Step, str]) -> ResponseReturnValue:
    """The form of a step."""
    consultation, step, part = found
    if not _open(consultation, step):
        raise NotFound()
    return _page(consultation, step, part, _filled(consultation, step))


@bp.post("/<slug>/steps/<part>")
@allowed(access.may_run, on=step_here)
def save_step(found: tuple[Consultation, Step, str]) -> ResponseReturnValue:
    """Keep a step, unless somebody else changed the consultation meanwhile."""
    consultation, step, part = found
    form = _filled(consultation, step)
    typed = str(form.edition.data or "")
    edition = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else 0
    act = _act(consultation, step, form, edition)
    new = form.slug.data if "slug" in form and consultation.status == "draft" else consultation.slug
    target = url_for("manage_consultations.show_consultation", slug=new or consultation.slug)
    done = kept(form, act, _("Saved."), target)
    if done is None:
        # What stands there now is what the next attempt is measured against, once it was looked at.
        fresh = queries.by_id(consultation.id) or consultation
        form.edition.data = str(fresh.version_id)
        form.edition.raw_data = None
        return _page(fresh, step, part, form), 422
    return done


def _act(consultation: Consultation, step: Step, form: Form, edition: int) -> Callable[[], None]:
    def act() -> None:
        changes = {name: form[name].data for name in step.parts}
        if "officer_id" in changes:
            changes["officer_id"] = changes["officer_id"] or None
        changes = {name: "" if value is None and name in _TEXTS else value for name, value in changes.items()}
        writing.change(consultation, changes, by=me(), now=clock.now(), edition=edition)

    return act


_TEXTS = {name for step in STEPS.values() for name in step.parts} - {
    "opens_at", "closes_at", "decision_on", "officer_id", "boroughs"
}  # fmt: skip


def _page(consultation: Consultation, step: Step, part: str, form: Form) -> str:
    action = url_for("manage_consultations.save_step", slug=consultation.slug, part=part)
    return form_page(
        consultation,
        form,
        heading=step.title,
        action=action,
        act=_("Save and go on"),
        back=back_to(consultation),
        checks=consultation.status == "draft",
    )
