"""Writing a campaign: pictures, the film, and papers that only staff and the organiser see."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.access import is_signed_in
from civic.accounts.views.limits import person
from civic.core import clock, files
from civic.core.db import db, transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.files import StoredFile, send_private
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit, takes_uploads
from civic.crowdfund.access import may_see_its_papers
from civic.crowdfund.actions import media as actions
from civic.crowdfund.forms.budget import EvidenceForm, FilmForm, NewPictureForm, PictureForm
from civic.crowdfund.models import Campaign, CampaignCost, CampaignEvidence, CampaignFunding, CampaignPicture
from civic.crowdfund.queries import writing as queries
from civic.crowdfund.queries.campaigns import campaign_by_slug
from civic.crowdfund.views import bp
from civic.crowdfund.views.doors import for_organisers
from civic.crowdfund.views.parts import removal_page
from civic.crowdfund.views.writing import after_saving, must_be_a_draft, next_step

PICTURE = files.MAX_PICTURE + files.AROUND
FILM = files.MAX_FILM + files.AROUND


@bp.get("/campaigns/<slug>/edit/pictures")
@for_organisers
def list_pictures(campaign: Campaign) -> ResponseReturnValue:
    """The pictures of the story, with their words."""
    must_be_a_draft(campaign)
    return render_template(
        "crowdfund/writing/list_pictures.html",
        campaign=campaign,
        pictures=queries.pictures_of(campaign),
        most=actions.MOST_PICTURES,
        following=next_step(campaign, "pictures"),
    )


@bp.get("/campaigns/<slug>/edit/pictures/new")
@for_organisers
def new_picture(campaign: Campaign) -> ResponseReturnValue:
    """The form for a picture."""
    must_be_a_draft(campaign)
    return _picture_page(campaign, NewPictureForm(), None)


@bp.post("/campaigns/<slug>/edit/pictures/new")
@for_organisers
@takes_uploads(PICTURE)
@limit("60/hour", key=person)
def create_picture(campaign: Campaign) -> ResponseReturnValue:
    """Add a picture with its words."""
    form = NewPictureForm()
    if form.validate() and has_file(form, "picture"):
        with saving(form) as saved:
            words = {"alt": form.alt.data, "caption": form.caption.data or ""}
            actions.add_picture(campaign, form.picture.data, **words, now=clock.now())
        if saved.ok:
            return see_other("crowdfund.list_pictures", slug=campaign.slug)
    return _picture_page(campaign, form, None), 422


@bp.get("/campaigns/<slug>/edit/pictures/<int:picture_id>")
@for_organisers
def edit_picture(campaign: Campaign, picture_id: int) -> ResponseReturnValue:
    """The form for a picture's words."""
    must_be_a_draft(campaign)
    picture = _picture(campaign, picture_id)
    return _picture_page(campaign, PictureForm(obj=picture), picture)


@bp.post("/campaigns/<slug>/edit/pictures/<int:picture_id>")
@for_organisers
def update_picture(campaign: Campaign, picture_id: int) -> ResponseReturnValue:
    """Change a picture's words."""
    must_be_a_draft(campaign)
    form = PictureForm()
    if form.validate():
        with saving(form) as saved:
            actions.describe_picture(_picture(campaign, picture_id), alt=form.alt.data, caption=form.caption.data or "")
        if saved.ok:
            return see_other("crowdfund.list_pictures", slug=campaign.slug)
    return _picture_page(campaign, form, _picture(campaign, picture_id)), 422


@bp.post("/campaigns/<slug>/edit/pictures/<int:picture_id>/cover")
@for_organisers
def choose_cover(campaign: Campaign, picture_id: int) -> ResponseReturnValue:
    """Show this picture in lists and on top."""
    picture = _picture(campaign, picture_id)
    with transaction():
        actions.make_cover(picture, campaign)
    flash(_("This picture is now the cover."), "success")
    return see_other("crowdfund.list_pictures", slug=campaign.slug)


@bp.get("/campaigns/<slug>/edit/pictures/<int:picture_id>/removal")
@for_organisers
def confirm_picture_removal(campaign: Campaign, picture_id: int) -> ResponseReturnValue:
    """Whether a picture is really to go."""
    return removal_page(campaign, "pictures", _picture(campaign, picture_id).alt)


@bp.post("/campaigns/<slug>/edit/pictures/<int:picture_id>/removal")
@for_organisers
def remove_picture(campaign: Campaign, picture_id: int) -> ResponseReturnValue:
    """Take a picture away for good."""
    must_be_a_draft(campaign)
    picture = _picture(campaign, picture_id)
    with transaction():
        actions.remove_picture(picture, campaign)
    flash(_("It is removed."), "success")
    return see_other("crowdfund.list_pictures", slug=campaign.slug)


@bp.get("/campaigns/<slug>/edit/film")
@for_organisers
def edit_film(campaign: Campaign) -> ResponseReturnValue:
    """The film with its captions and transcript."""
    must_be_a_draft(campaign)
    film = queries.film_of(campaign)
    return _film_page(
        campaign, FilmForm(obj=film, captions_language=film.captions_language if film else campaign.language)
    )


@bp.post("/campaigns/<slug>/edit/film")
@for_organisers
@takes_uploads(FILM)
@limit("20/hour", key=person)
def save_film(campaign: Campaign) -> ResponseReturnValue:
    """Keep the film; what was not chosen anew stays."""
    form = FilmForm()
    if form.validate():
        with saving(form) as saved:
            actions.put_film(
                campaign,
                film=form.film.data or None,
                captions=form.captions.data or None,
                captions_language=form.captions_language.data,
                transcript=form.transcript.data,
                now=clock.now(),
            )
        if saved.ok:
            return after_saving(campaign, "film", request.form.get("act"))
    return _film_page(campaign, form), 422


@bp.get("/campaigns/<slug>/edit/film/removal")
@for_organisers
def confirm_film_removal(campaign: Campaign) -> ResponseReturnValue:
    """Whether the film is really to go."""
    return removal_page(campaign, "film", _("The film, its captions and its transcript"))


@bp.post("/campaigns/<slug>/edit/film/removal")
@for_organisers
def remove_film(campaign: Campaign) -> ResponseReturnValue:
    """Take the film away for good."""
    with transaction():
        actions.remove_film(campaign)
    flash(_("The film is removed."), "success")
    return see_other("crowdfund.edit_film", slug=campaign.slug)


@bp.get("/campaigns/<slug>/edit/evidence/new")
@for_organisers
def new_evidence(campaign: Campaign) -> ResponseReturnValue:
    """The form for a paper: of one cost, or of the campaign."""
    must_be_a_draft(campaign)
    return _evidence_page(campaign, EvidenceForm(kind=request.args.get("kind")))


@bp.post("/campaigns/<slug>/edit/evidence/new")
@for_organisers
@takes_uploads(PICTURE)
@limit("60/hour", key=person)
def create_evidence(campaign: Campaign) -> ResponseReturnValue:
    """Keep a paper for staff's eyes."""
    form, cost = EvidenceForm(), _asked_cost(campaign)
    cost_id = cost.id if cost else None
    if form.validate() and has_file(form, "document"):
        with saving(form) as saved:
            facts = {"kind": form.kind.data, "title": form.title.data, "cost_id": cost_id}
            actions.add_evidence(campaign, form.document.data, **facts, by=me(), now=clock.now())
        if saved.ok:
            return _back_to_papers(campaign, cost_id)
    return _evidence_page(campaign, form), 422


@bp.post("/campaigns/<slug>/edit/evidence/<int:evidence_id>/removal")
@for_organisers
def remove_evidence(campaign: Campaign, evidence_id: int) -> ResponseReturnValue:
    """Take a paper away for good."""
    evidence = _evidence(campaign, evidence_id)
    cost_id = evidence.cost_id
    with transaction():
        actions.remove_evidence(evidence, campaign)
    flash(_("It is removed."), "success")
    return _back_to_papers(campaign, cost_id)


@bp.get("/campaigns/<slug>/evidence/<int:evidence_id>")
@allowed(is_signed_in)
@allowed(may_see_its_papers, on=campaign_by_slug, hide=True)
def download_evidence(campaign: Campaign, evidence_id: int) -> ResponseReturnValue:
    """A paper as a download, for staff and the organiser."""
    return send_private(_stored(_evidence(campaign, evidence_id).file_id))


@bp.get("/campaigns/<slug>/funding/<int:funding_id>/proof")
@allowed(is_signed_in)
@allowed(may_see_its_papers, on=campaign_by_slug, hide=True)
def download_proof(campaign: Campaign, funding_id: int) -> ResponseReturnValue:
    """The proof of a sum or gift as a download, for staff and the organiser."""
    funding = queries.part_of(campaign, CampaignFunding, funding_id)
    if funding is None or funding.evidence_id is None:
        raise NotFound()
    return send_private(_stored(funding.evidence_id))


def has_file(form: NewPictureForm | EvidenceForm, field: str) -> bool:
    """Whether a file came with the form; where none did, the field says so."""
    if form[field].data:
        return True
    form[field].errors = [_("Choose a file.")]
    return False


def _asked_cost(campaign: Campaign) -> CampaignCost | None:
    asked = request.args.get("cost", "")
    return queries.part_of(campaign, CampaignCost, int(asked)) if asked.isascii() and asked.isdigit() else None


def _back_to_papers(campaign: Campaign, cost_id: int | None) -> ResponseReturnValue:
    if cost_id:
        return see_other("crowdfund.list_costs", slug=campaign.slug, _anchor=f"cost-{cost_id}")
    return see_other("crowdfund.edit_step", slug=campaign.slug, step="permissions", _anchor="papers")


def _picture_page(campaign: Campaign, form: PictureForm, picture: CampaignPicture | None) -> str:
    file = _stored(picture.file_id) if picture else None
    page = {"campaign": campaign, "form": form, "picture": picture, "file": file}
    return render_template("crowdfund/writing/edit_picture.html", **page)


def _film_page(campaign: Campaign, form: FilmForm) -> str:
    return render_template(
        "crowdfund/writing/edit_film.html", campaign=campaign, form=form, film=queries.film_of(campaign)
    )


def _evidence_page(campaign: Campaign, form: EvidenceForm) -> str:
    return render_template(
        "crowdfund/writing/new_evidence.html", campaign=campaign, form=form, cost=_asked_cost(campaign)
    )


def _picture(campaign: Campaign, picture_id: int) -> CampaignPicture:
    picture = queries.part_of(campaign, CampaignPicture, picture_id)
    if picture is None or picture.place != "story":
        raise NotFound()
    return picture


def _evidence(campaign: Campaign, evidence_id: int) -> CampaignEvidence:
    evidence = queries.part_of(campaign, CampaignEvidence, evidence_id)
    if evidence is None:
        raise NotFound()
    return evidence


def _stored(file_id: int) -> StoredFile:
    file = db.session.get(StoredFile, file_id)
    assert file is not None, "a foreign key leads to it"
    return file
