"""What was done with the money: public reports, how they are written, and milestones that are done."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.views.limits import person
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.errors import NotFound, saving
from civic.core.i18n import current
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit, takes_uploads
from civic.crowdfund.access import is_organiser_of, may_report
from civic.crowdfund.actions import delivery as actions
from civic.crowdfund.actions import media
from civic.crowdfund.forms.budget import NewPictureForm
from civic.crowdfund.forms.delivery import DoneForm, NewReportForm, ReportForm, filled, report_form
from civic.crowdfund.models import Campaign, DeliveryReport, Milestone
from civic.crowdfund.queries import delivery as queries
from civic.crowdfund.queries import writing
from civic.crowdfund.queries.campaigns import public_campaign
from civic.crowdfund.views import bp
from civic.crowdfund.views.doors import for_organisers
from civic.crowdfund.views.media import PICTURE, has_file
from civic.crowdfund.wording.delivery import FAULTS


@bp.get("/campaigns/<slug>/reports")
@allowed(anyone, on=public_campaign)
def list_reports(campaign: Campaign) -> ResponseReturnValue:
    """Every published report; the organiser also sees what is being written."""
    mine = is_organiser_of(campaign)
    return render_template(
        "crowdfund/delivery/list_reports.html",
        campaign=campaign,
        organisation=writing.organisation_of(campaign),
        reports=queries.reports_of(campaign, drafts=mine),
        may_write=mine and campaign.status == "funded",
    )


@bp.get("/campaigns/<slug>/reports/<int:report_id>")
@allowed(anyone, on=public_campaign)
def show_report(campaign: Campaign, report_id: int) -> ResponseReturnValue:
    """One report; a draft is there for its organiser alone."""
    report = _report(campaign, report_id)
    may_write = is_organiser_of(campaign)
    if report.status != "published" and not may_write:
        raise NotFound()
    return render_template("crowdfund/delivery/show_report.html", **_shown(campaign, report, may_write))


@bp.get("/campaigns/<slug>/reports/new")
@for_organisers
def new_report(campaign: Campaign) -> ResponseReturnValue:
    """Which report to write."""
    _must_report(campaign)
    return render_template("crowdfund/delivery/new_report.html", campaign=campaign, form=NewReportForm())


@bp.post("/campaigns/<slug>/reports/new")
@for_organisers
def create_report(campaign: Campaign) -> ResponseReturnValue:
    """Begin a report with the figures of the last one."""
    form = NewReportForm()
    if form.validate():
        with saving(form) as saved:
            facts = {"kind": form.kind.data, "language": current().code}
            report = actions.begin_report(campaign, **facts, by=me(), now=clock.now())
        if saved.ok:
            return see_other("crowdfund.edit_report", slug=campaign.slug, report_id=report.id)
    return render_template("crowdfund/delivery/new_report.html", campaign=campaign, form=form), 422


@bp.get("/campaigns/<slug>/reports/<int:report_id>/edit")
@for_organisers
def edit_report(campaign: Campaign, report_id: int) -> ResponseReturnValue:
    """A draft as it stands."""
    report = _draft(campaign, report_id)
    return _form_page(campaign, report, filled(report_form(writing.costs_of(campaign)), report))


@bp.post("/campaigns/<slug>/reports/<int:report_id>/edit")
@for_organisers
def save_report(campaign: Campaign, report_id: int) -> ResponseReturnValue:
    """Keep a draft."""
    report, costs = _draft(campaign, report_id), writing.costs_of(campaign)
    form = report_form(costs)()
    if form.validate():
        told = form.told(costs)
        with saving(form) as saved:
            actions.tell(report, campaign, told)
        if saved.ok:
            return see_other("crowdfund.show_report", slug=campaign.slug, report_id=report_id)
    return _form_page(campaign, _report(campaign, report_id), form), 422


@bp.post("/campaigns/<slug>/reports/<int:report_id>/publication")
@for_organisers
def publish_report(campaign: Campaign, report_id: int) -> ResponseReturnValue:
    """Let everybody read it; what still needs an explanation is listed."""
    report = _draft(campaign, report_id)
    try:
        with transaction():
            actions.publish(report, campaign, by=me(), now=clock.now())
    except actions.NotExplained as refused:
        report = _report(campaign, report_id)
        form = filled(report_form(writing.costs_of(campaign)), report)
        for fault in refused.faults:
            form[fault.code if fault.cost_id is None else f"note_{fault.cost_id}"].errors = [FAULTS[fault.code]]
        return _form_page(campaign, report, form), 422
    flash(_("Published. Backers and followers are told."), "success")
    return see_other("crowdfund.show_report", slug=campaign.slug, report_id=report_id)


@bp.post("/campaigns/<slug>/reports/<int:report_id>/removal")
@for_organisers
def remove_report(campaign: Campaign, report_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    report = _draft(campaign, report_id)
    with transaction():
        actions.remove(report, campaign)
    flash(_("The draft is thrown away."), "success")
    return see_other("crowdfund.list_reports", slug=campaign.slug)


@bp.get("/campaigns/<slug>/reports/<int:report_id>/pictures/new")
@for_organisers
def new_report_picture(campaign: Campaign, report_id: int) -> ResponseReturnValue:
    """The form for a picture of a report."""
    return _picture_page(campaign, _draft(campaign, report_id), NewPictureForm())


@bp.post("/campaigns/<slug>/reports/<int:report_id>/pictures/new")
@for_organisers
@takes_uploads(PICTURE)
@limit("60/hour", key=person)
def create_report_picture(campaign: Campaign, report_id: int) -> ResponseReturnValue:
    """Add a picture to a report."""
    report, form = _draft(campaign, report_id), NewPictureForm()
    if form.validate() and has_file(form, "picture"):
        with saving(form) as saved:
            words = {"alt": form.alt.data, "caption": form.caption.data or "", "place": f"report:{report.id}"}
            media.add_picture(campaign, form.picture.data, **words, now=clock.now())
        if saved.ok:
            return see_other("crowdfund.show_report", slug=campaign.slug, report_id=report_id, _anchor="pictures")
    return _picture_page(campaign, _report(campaign, report_id), form), 422


@bp.post("/campaigns/<slug>/reports/<int:report_id>/pictures/<int:picture_id>/removal")
@for_organisers
def remove_report_picture(campaign: Campaign, report_id: int, picture_id: int) -> ResponseReturnValue:
    """Take a picture out of a report."""
    picture = queries.picture_of(campaign, _draft(campaign, report_id), picture_id)
    if picture is None:
        raise NotFound()
    with transaction():
        media.remove_picture(picture, campaign)
    return see_other("crowdfund.show_report", slug=campaign.slug, report_id=report_id, _anchor="pictures")


@bp.get("/campaigns/<slug>/milestones")
@for_organisers
def list_progress(campaign: Campaign) -> ResponseReturnValue:
    """The milestones, and which are done."""
    return _progress_page(campaign, DoneForm(formdata=None), 0)


@bp.post("/campaigns/<slug>/milestones/<int:milestone_id>")
@for_organisers
def mark_milestone(campaign: Campaign, milestone_id: int) -> ResponseReturnValue:
    """Say when a milestone was done."""
    milestone = writing.part_of(campaign, Milestone, milestone_id)
    if milestone is None or not campaign.is_public():
        raise NotFound()
    form = DoneForm(today=clock.london_today(clock.now()))
    if form.validate():
        with transaction():
            actions.mark_done(milestone, form.done_on.data)
        flash(_("Saved. It stands on the campaign’s page."), "success")
        return see_other("crowdfund.list_progress", slug=campaign.slug)
    return _progress_page(campaign, form, milestone_id), 422


def _must_report(campaign: Campaign) -> None:
    if not may_report(campaign) or campaign.status != "funded":
        raise actions.NothingToReport()


def _report(campaign: Campaign, report_id: int) -> DeliveryReport:
    report = queries.report_of(campaign, report_id)
    if report is None:
        raise NotFound()
    return report


def _draft(campaign: Campaign, report_id: int) -> DeliveryReport:
    report = _report(campaign, report_id)
    _must_report(campaign)
    if report.status != "draft":
        raise actions.AlreadyPublished()
    return report


def _shown(campaign: Campaign, report: DeliveryReport, may_write: bool) -> dict[str, Any]:
    return {
        "campaign": campaign,
        "organisation": writing.organisation_of(campaign),
        "report": report,
        "account": queries.account_in(campaign, report),
        "pictures": queries.pictures_in(campaign, report),
        "may_write": may_write and report.status == "draft" and campaign.status == "funded",
    }


def _form_page(campaign: Campaign, report: DeliveryReport, form: ReportForm) -> str:
    page = {"campaign": campaign, "report": report, "form": form, "costs": writing.costs_of(campaign)}
    return render_template("crowdfund/delivery/edit_report.html", **page, account=queries.account_in(campaign, report))


def _picture_page(campaign: Campaign, report: DeliveryReport, form: NewPictureForm) -> str:
    return render_template("crowdfund/delivery/new_picture.html", campaign=campaign, report=report, form=form)


def _progress_page(campaign: Campaign, form: DoneForm, milestone_id: int) -> str:
    chosen = request.args.get("milestone", type=int, default=0) or milestone_id
    milestones = writing.milestones_of(campaign)
    mine = next((each for each in milestones if each.id == chosen), None)
    if mine is not None and not form.is_submitted():
        form = DoneForm(formdata=None, done_on=mine.done_on or clock.london_today(clock.now()))
    page = {"campaign": campaign, "milestones": milestones, "chosen": mine, "form": form if mine else None}
    return render_template("crowdfund/delivery/list_progress.html", **page)
