"""News, comments, backers and following: what is said around a campaign."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.access import is_signed_in
from civic.core import clock, tokens
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.errors import NotFound, saving
from civic.core.feeds import atom
from civic.core.i18n import current
from civic.core.pages import etag, see_other
from civic.core.person import me
from civic.core.security import limit
from civic.crowdfund import access
from civic.crowdfund.actions import news
from civic.crowdfund.actions import talk as actions
from civic.crowdfund.forms.talk import CommentForm, HideForm
from civic.crowdfund.models import Campaign, CampaignComment, Pledge
from civic.crowdfund.queries import talk as queries
from civic.crowdfund.queries.campaigns import public_campaign
from civic.crowdfund.translating import lay_news
from civic.crowdfund.views import bp

NEWS_DAYS = 3650


@bp.get("/campaigns/<slug>/updates")
@allowed(anyone, on=public_campaign)
def list_updates(campaign: Campaign) -> ResponseReturnValue:
    """All news of a campaign, the newest first."""
    page = queries.updates(campaign, at=request.args.get("at"))
    said = lay_news(campaign, page.items)
    etag("updates", campaign.id, campaign.version, [tuple(map(str, row)) for row in page.items], said)
    return render_template("crowdfund/list_updates.html", campaign=campaign, page=page)


@bp.get("/campaigns/<slug>/updates/feed")
@allowed(anyone, on=public_campaign)
def updates_feed(campaign: Campaign) -> ResponseReturnValue:
    """The news of a campaign as an Atom feed."""
    rows = queries.updates(campaign, size=30).items
    etag("updates feed", campaign.id, [(row.id, row.title, row.edited_at) for row in rows])
    entries = [
        (
            row.title,
            "crowdfund.show_update",
            {"slug": campaign.slug, "update_id": row.id},
            row.at,
            row.text[:300],
            row.language,
        )
        for row in rows
    ]
    return atom("crowdfund.list_updates", {"slug": campaign.slug}, entries, title=campaign.title)


@bp.get("/campaigns/<slug>/updates/<int:update_id>")
@allowed(anyone, on=public_campaign)
def show_update(campaign: Campaign, update_id: int) -> ResponseReturnValue:
    """One piece of news."""
    update = queries.update_by_id(campaign, update_id)
    if update is None:
        raise NotFound()
    said = lay_news(campaign, [update])
    etag("update", campaign.id, campaign.version, tuple(map(str, update)), said)
    return render_template("crowdfund/show_update.html", campaign=campaign, update=update)


@bp.get("/campaigns/<slug>/backers")
@allowed(anyone, on=public_campaign)
def list_backers(campaign: Campaign) -> ResponseReturnValue:
    """Everybody who backs a campaign and agreed to be named."""
    may_moderate = access.may_moderate_comments()
    page = queries.backers(campaign, at=request.args.get("at"), hidden_too=may_moderate)
    by_hand = queries.backers_by_hand(campaign) if not request.args.get("at") else []
    etag("backers", campaign.id, campaign.version, page.items, by_hand)
    return render_template(
        "crowdfund/list_backers.html", campaign=campaign, page=page, by_hand=by_hand, may_moderate=may_moderate
    )


@bp.get("/campaigns/<slug>/backers/<int:backer_id>/visibility")
@allowed(access.may_moderate_comments)
def judge_backer(slug: str, backer_id: int) -> ResponseReturnValue:
    """The form to hide a backer's name and words, or to show them again."""
    campaign, pledge = _named_backer(slug, backer_id)
    return render_template("crowdfund/judge_backer.html", campaign=campaign, pledge=pledge, form=HideForm())


@bp.post("/campaigns/<slug>/backers/<int:backer_id>/visibility")
@allowed(access.may_moderate_comments)
def change_backer_visibility(slug: str, backer_id: int) -> ResponseReturnValue:
    """Hide a backer's name and words with a reason, or show them again with one."""
    campaign, pledge = _named_backer(slug, backer_id)
    form = HideForm()
    if not form.validate():
        return render_template("crowdfund/judge_backer.html", campaign=campaign, pledge=pledge, form=form), 422
    act = actions.show_backer_again if request.form.get("act") == "show" else actions.hide_backer
    with transaction():
        act(pledge, campaign=campaign, why=str(form.why.data), by=me(), now=clock.now())
    return see_other("crowdfund.list_backers", slug=slug)


def _named_backer(slug: str, backer_id: int) -> tuple[Campaign, Pledge]:
    campaign = public_campaign(slug)
    pledge = queries.named_backer(campaign, backer_id) if campaign is not None and backer_id < 2**62 else None
    if campaign is None or pledge is None:
        raise NotFound()
    return campaign, pledge


# Comments.


@bp.get("/campaigns/<slug>/comments")
@allowed(anyone, on=public_campaign)
def list_comments(campaign: Campaign) -> ResponseReturnValue:
    """All comments in their threads, the newest first."""
    return _comments(campaign, CommentForm())


@bp.get("/campaigns/<slug>/comments/<int:position>/answers")
@allowed(access.may_comment)
def answer_comment(slug: str, position: int) -> ResponseReturnValue:
    """The form to answer somebody."""
    campaign, comment = _comment(slug, position)
    return render_template("crowdfund/answer_comment.html", campaign=campaign, comment=comment, form=CommentForm())


@bp.post("/campaigns/<slug>/comments")
@allowed(access.may_comment)
@limit("20/hour")
def create_comment(slug: str) -> ResponseReturnValue:
    """Say something; with `answers` in the form it is an answer to the comment of that number."""
    campaign = public_campaign(slug)
    if campaign is None:
        raise NotFound()
    position = request.form.get("answers", type=int)
    answers = _comment(slug, position)[1] if position is not None else None
    form = CommentForm()
    if form.validate():
        with saving(form) as saved:
            said = actions.comment(
                campaign,
                text=str(form.text.data),
                language=current().code,
                answers=answers,
                is_organiser=access.is_organiser_of(campaign),
                by=me(),
                now=clock.now(),
            )
        if saved.ok:
            flash(_posted(said), "success")
            return see_other("crowdfund.list_comments", slug=slug, _anchor=f"comment-{said.position}")
    if answers is not None:
        return render_template("crowdfund/answer_comment.html", campaign=campaign, comment=answers, form=form), 422
    return _comments(campaign, form), 422


@bp.get("/campaigns/<slug>/comments/<int:position>/edit")
@allowed(access.may_edit_comment, on=queries.public_comment, hide=True)
def edit_comment(comment: CampaignComment) -> ResponseReturnValue:
    """The form to change one's comment that was removed."""
    return render_template("crowdfund/edit_comment.html", form=CommentForm(formdata=None, text=comment.text))


@bp.post("/campaigns/<slug>/comments/<int:position>/edit")
@allowed(access.may_edit_comment, on=queries.public_comment, hide=True)
@limit("20/hour")
def change_comment(comment: CampaignComment) -> ResponseReturnValue:
    """Change it and send it to the moderators again."""
    form = CommentForm()
    if form.validate():
        with saving(form) as saved:
            actions.change_comment(comment, text=str(form.text.data), language=current().code, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Thank you. Your comment waits for a moderator; you will be told."), "success")
            return see_other("moderation.list_mine")
    return render_template("crowdfund/edit_comment.html", form=form), 422


def _posted(said: CampaignComment) -> str:
    if said.shown == "waiting":
        return _("Thank you. Your comment waits for a moderator; you will be told.")
    return _("Your comment stands on the page.")


def _comment(slug: str, position: int) -> tuple[Campaign, CampaignComment]:
    campaign = public_campaign(slug)
    comment = queries.comment_at(campaign, position) if campaign is not None else None
    if campaign is None or comment is None or comment.shown not in actions.IN_SIGHT:
        raise NotFound()
    return campaign, comment


def _comments(campaign: Campaign, form: CommentForm) -> str:
    before = request.args.get("before", type=int)
    shown = queries.comments(campaign, before=before if before and 0 < before < 2**62 else None)
    return render_template(
        "crowdfund/list_comments.html",
        campaign=campaign,
        shown=shown,
        form=form,
        may_comment=access.may_comment(),
        is_first=before is None,
    )


# Following.


@bp.post("/campaigns/<slug>/follow")
@allowed(is_signed_in)
@limit("60/hour")
def follow(slug: str) -> ResponseReturnValue:
    """Hear of a campaign's news by mail, or of it no more."""
    campaign = public_campaign(slug)
    if campaign is None:
        raise NotFound()
    with transaction():
        if request.form.get("act") == "stop":
            actions.unfollow(campaign, by=me())
            told = _("You no longer follow this campaign.")
        else:
            actions.follow(campaign, by=me(), now=clock.now())
            told = _("You follow this campaign: we email you when there is news.")
    flash(told, "success")
    return see_other("crowdfund.show_campaign", slug=slug)


@bp.get("/campaigns/<slug>/quiet")
@allowed(anyone, on=public_campaign)
def ask_for_quiet(campaign: Campaign) -> ResponseReturnValue:
    """The link at the foot of a mail: no more news of this campaign."""
    token = request.args.get("t", "")
    _address_in(token, campaign)
    return render_template("crowdfund/ask_for_quiet.html", campaign=campaign, token=token, is_done=False)


@bp.post("/campaigns/<slug>/quiet")
@allowed(anyone, on=public_campaign)
@limit("30/hour")
def be_quiet(campaign: Campaign) -> ResponseReturnValue:
    """No more news of this campaign to the address in the link."""
    token = request.form.get("t", "")
    address = _address_in(token, campaign)
    with transaction():
        actions.hear_no_more(campaign, address, now=clock.now())
    return render_template("crowdfund/ask_for_quiet.html", campaign=campaign, token=token, is_done=True)


def _address_in(token: str, campaign: Campaign) -> str:
    campaign_id, address = tokens.read(news.QUIET, token, max_age=NEWS_DAYS * 86_400)
    if campaign_id != campaign.id:
        raise tokens.BadToken()
    return str(address)
