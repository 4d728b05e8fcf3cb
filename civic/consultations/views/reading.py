"""Reading: the list of consultations, one of them, its documents, and what came of it."""

from datetime import datetime

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.access import is_signed_in
from civic.consultations import access, translating, wording
from civic.consultations.actions import following
from civic.consultations.models import Consultation, Document
from civic.consultations.queries import consultations as queries
from civic.consultations.queries import outcome
from civic.consultations.rules import dates
from civic.consultations.rules.choices import STAGES
from civic.consultations.views import bp
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.doors import allowed, anyone
from civic.core.files import StoredFile, send_private
from civic.core.pages import etag, see_other
from civic.core.person import maybe_me, me
from civic.places import borough

FEW = 5
"""So many of each stage stand on the first page of the list."""
SHOWN_FIRST = ("open", "coming_up", "considering", "answered")


@bp.get("/consultations")
@allowed(anyone)
def list_consultations() -> ResponseReturnValue:
    """What is open, coming up, being considered and answered; with `stage` all of one stage."""
    now, stage = clock.now(), request.args.get("stage", "")
    if stage in STAGES:
        pages = {stage: queries.listed(stage, now, at=request.args.get("at"))}
    else:
        stage = ""
        pages = {each: queries.listed(each, now, size=FEW) for each in SHOWN_FIRST}
    rows = [(name, [tuple(map(str, row)) for row in page.items]) for name, page in pages.items()]
    said = translating.lay_list(row for page in pages.values() for row in page.items)
    etag("consultations", stage, rows, said, now.strftime("%Y-%m-%d %H:%M"))
    return render_template(
        "consultations/list_consultations.html",
        pages=pages,
        only=stage,
        now=now,
        words=wording,
        dates=dates,
        borough=borough,
    )


@bp.get("/consultations/<slug>")
@allowed(access.may_know_of, on=queries.by_slug, hide=True)
def show_consultation(consultation: Consultation) -> ResponseReturnValue:
    """What is asked, what can still change, who decides, until when, and what was promised."""
    now, person = clock.now(), maybe_me()
    around, stage = queries.around(consultation, also_hidden=not consultation.is_public), consultation.stage(now)
    said = translating.lay_page(consultation, around)
    if consultation.is_public:
        held = [repr(each) for each in around.held]
        etag(
            "consultation",
            consultation.id,
            consultation.version_id,
            str(consultation.touched_at),
            stage,
            held,
            said,
            _hour(now),
        )
    return render_template(
        "consultations/show_consultation.html",
        consultation=consultation,
        around=around,
        stage=stage,
        now=now,
        words=wording,
        places=places_of(consultation),
        days_over=consultation.days_over(now),
        follows=person is not None and queries.follows(consultation.id, person.id),
    )


def _hour(now: datetime) -> str:
    """What is left is told in days and hours, so a page is as it was for an hour at most."""
    return f"{now:%Y-%m-%d %H}"


def places_of(consultation: Consultation) -> list[str]:
    """The names of the boroughs it is about; none means all of London."""
    found = (borough(code) for code in consultation.boroughs)
    return sorted(each.name for each in found if each is not None)


def answered_by_slug(slug: str) -> Consultation | None:
    """The consultation at this address, where its outcome is published."""
    found = queries.by_slug(slug)
    return found if found is not None and found.status == "answered" else None


@bp.get("/consultations/<slug>/outcome")
@allowed(anyone, on=answered_by_slug)
def show_outcome(consultation: Consultation) -> ResponseReturnValue:
    """What we heard, what was decided, and why."""
    answered = outcome.outcome_of(consultation.id)
    etag("outcome", consultation.id, consultation.version_id, translating.lay_outcome(consultation, answered))
    assert consultation.closes_at is not None
    return render_template(
        "consultations/show_outcome.html",
        consultation=consultation,
        answered=answered,
        words=wording,
        places=places_of(consultation),
    )


def public_document(slug: str, document_id: int) -> tuple[Consultation, Document] | None:
    """A document that is a file of ours."""
    found = queries.document_of(slug, document_id)
    return found if found is not None and found[1].file_id is not None else None


def may_read(found: tuple[Consultation, Document]) -> bool:
    """Whoever may know of the consultation."""
    return access.may_know_of(found[0])


@bp.get("/consultations/<slug>/documents/<int:document_id>")
@allowed(may_read, on=public_document, hide=True)
def show_document(found: tuple[Consultation, Document]) -> ResponseReturnValue:
    """The file of a document, as a download."""
    return send_private(db.session.get_one(StoredFile, found[1].file_id))


@bp.post("/consultations/<slug>/follow")
@allowed(is_signed_in)
@allowed(anyone, on=queries.public_by_slug)
def follow(consultation: Consultation) -> ResponseReturnValue:
    """Hear what happens."""
    with transaction():
        following.follow(consultation, by=me(), now=clock.now())
    flash(_("You follow this consultation. We will tell you what happens."), "success")
    return see_other("consultations.show_consultation", slug=consultation.slug)


@bp.post("/consultations/<slug>/unfollow")
@allowed(is_signed_in)
@allowed(anyone, on=queries.public_by_slug)
def unfollow(consultation: Consultation) -> ResponseReturnValue:
    """Hear no more of it."""
    with transaction():
        following.unfollow(consultation, by=me())
    flash(_("You no longer follow this consultation."), "success")
    return see_other("consultations.show_consultation", slug=consultation.slug)
