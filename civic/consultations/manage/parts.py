"""What belongs to a consultation: documents, activities, and news."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.consultations import access, wording
from civic.consultations.actions import writing
from civic.consultations.forms import ActivityForm, DocumentForm, UpdateForm
from civic.consultations.manage import bp
from civic.consultations.manage.pages import kept
from civic.consultations.models import Consultation, Document
from civic.consultations.queries import consultations as queries
from civic.consultations.queries import registry
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.files import AROUND, MAX_PICTURE, keep_document
from civic.core.i18n import Words
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit
from civic.core.subjects import named

# Documents.


def _documents_page(consultation: Consultation, form: DocumentForm) -> str:
    return render_template(
        "consultations/manage/list_documents.html",
        c=consultation,
        documents=queries.documents(consultation.id),
        form=form,
        words=wording,
    )


@bp.get("/<slug>/documents")
@allowed(access.may_run, on=queries.by_slug)
def list_documents(consultation: Consultation) -> str:
    """The documents, and the form for one more."""
    return _documents_page(consultation, DocumentForm())


@bp.post("/<slug>/documents")
@allowed(access.may_run, on=queries.by_slug)
@limit("60/hour")
def create_document(consultation: Consultation) -> ResponseReturnValue:
    """Add a document."""
    request.max_content_length = MAX_PICTURE + AROUND
    form = DocumentForm()

    def act() -> None:
        now = clock.now()
        file = keep_document(form.file.data, now=now, field="file") if form.file.data else None
        assert form.published_on.data is not None, "the form wants a date"
        writing.add_document(
            consultation, kind=form.kind.data, title=form.title.data or "", language=form.language.data,
            published_on=form.published_on.data, url=form.url.data or None, file=file, by=me(), now=now,
        )  # fmt: skip

    here = url_for("manage_consultations.list_documents", slug=consultation.slug)
    return kept(form, act, _("The document was added."), here) or (_documents_page(consultation, form), 422)


@bp.post("/<slug>/documents/<int:document_id>/removal")
@allowed(access.may_run, on=queries.document_of)
def remove_document(found: tuple[Consultation, Document]) -> ResponseReturnValue:
    """Take a document out of a draft."""
    consultation, document = found
    with transaction():
        writing.remove_document(consultation, document, by=me(), now=clock.now())
    flash(_("The document was removed."), "success")
    return see_other("manage_consultations.list_documents", slug=consultation.slug)


# Activities.


def choices() -> dict[str, list[tuple[str, Words]]]:
    """What may be put in, by its kind: everything that the packages of the house offer and no consultation holds."""
    offered = {
        str(known.label): [(named(kind, number), title) for number, title in known.choices()]
        for kind, known in registry.activity_kinds().items()
    }
    taken = queries.taken(name for each in offered.values() for name, _title in each)
    free = {label: [one for one in each if one[0] not in taken] for label, each in offered.items()}
    return {label: each for label, each in free.items() if each}


def _activities_page(consultation: Consultation, form: ActivityForm) -> str:
    names = queries.held(consultation.id)
    facts = registry.facts(names)
    form.activity.choices = choices()
    return render_template(
        "consultations/manage/list_activities.html",
        c=consultation,
        held=[(name, facts[name]) for name in names if name in facts],
        kinds={kind: known.label for kind, known in registry.activity_kinds().items()},
        form=form,
    )


@bp.get("/<slug>/activities")
@allowed(access.may_run, on=queries.by_slug)
def list_activities(consultation: Consultation) -> str:
    """What people can take part in, and the form for one more."""
    return _activities_page(consultation, ActivityForm())


@bp.post("/<slug>/activities")
@allowed(access.may_run, on=queries.by_slug)
def create_activity(consultation: Consultation) -> ResponseReturnValue:
    """Put an activity in."""
    form = ActivityForm()
    form.activity.choices = choices()
    here = url_for("manage_consultations.list_activities", slug=consultation.slug)

    def act() -> None:
        writing.add_activity(consultation, form.activity.data or "", by=me(), now=clock.now())

    return kept(form, act, _("It belongs to the consultation now."), here) or (
        _activities_page(consultation, form),
        422,
    )


@bp.post("/<slug>/activities/removal")
@allowed(access.may_run, on=queries.by_slug)
def remove_activity(consultation: Consultation) -> ResponseReturnValue:
    """Take an activity out of a draft."""
    with transaction():
        writing.remove_activity(consultation, request.form.get("name", "")[:100], by=me(), now=clock.now())
    flash(_("It no longer belongs to the consultation."), "success")
    return see_other("manage_consultations.list_activities", slug=consultation.slug)


# News.


def _updates_page(consultation: Consultation, form: UpdateForm) -> str:
    updates = queries.updates_of(consultation.id)
    return render_template("consultations/manage/list_updates.html", c=consultation, updates=updates, form=form)


@bp.get("/<slug>/updates")
@allowed(access.may_run, on=queries.by_slug)
def list_updates(consultation: Consultation) -> str:
    """The news so far, and the form for more."""
    return _updates_page(consultation, UpdateForm())


@bp.post("/<slug>/updates")
@allowed(access.may_run, on=queries.by_slug)
def create_update(consultation: Consultation) -> ResponseReturnValue:
    """Post news, and let followers know."""
    form = UpdateForm()
    here = url_for("manage_consultations.list_updates", slug=consultation.slug)

    def act() -> None:
        writing.post_update(
            consultation, title=form.title.data or "", text=form.text.data or "", language=form.language.data, by=me(),
            now=clock.now(),
        )  # fmt: skip

    return kept(form, act, _("The news is published, and followers are told."), here) or (
        _updates_page(consultation, form),
        422,
    )
