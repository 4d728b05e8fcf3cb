"""An award for staff: where it stands, all that belongs to it, and what can be done next."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from civic.core import clock, subjects
from civic.core.clock import london_today
from civic.core.errors import NotFound
from civic.core.files import send_private
from civic.core.states import history
from civic.grants import access, wording
from civic.grants.manage import desk
from civic.grants.manage.changes import may_change
from civic.grants.manage.doors import for_award, interest_url
from civic.grants.manage.outcomes import may_complete, may_publish
from civic.grants.models import Award
from civic.grants.queries import awards as queries
from civic.grants.queries import file, people

ON_THE_WAY = ("proposed", "approved", "announced", "due", "agreed", "completed")


@desk.get("/awards/<public_id>")
@for_award()
def show_award(award: Award) -> ResponseReturnValue:
    """Where an award stands, what happens next, and everything that belongs to it."""
    whole, moves = file.file_of(award), history(award)
    runs = access.may_run(award)
    return render_template(
        "grants/manage/show_award.html",
        award=award,
        file=whole,
        next=whole.next_for_staff,
        go_to=place_of(whole),
        may_act=may_take(whole.next_for_staff, runs),
        stages=stages_of(award),
        today=london_today(clock.now()),
        url=subjects.url_of(award.subject),
        interest_url=interest_url(award.subject),
        papers=queries.papers_of(award),
        moves=moves[::-1],
        names=people.names(move.actor_id for move in moves),
        missing=queries.what_is_missing(award) if award.status == "agreed" else [],
        may_run=runs,
        may_announce=runs and award.status == "approved",
        may_change=may_change(award) and whole.open_decision is None,
        may_plan=runs and award.status in ("approved", "announced", "due", "agreed"),
        may_draft=runs
        and award.status in ("due", "agreed")
        and (award.amounts != award.agreed or whole.open_agreement is not None),
        may_ask_back=runs and bool(whole.may_come_back) and award.status in ("agreed", "completed", "stopped"),
        may_publish=may_publish(award),
        may_complete=may_complete(award),
        words=wording,
    )


@desk.get("/awards/<public_id>/papers/<int:paper_id>")
@for_award()
def show_paper(award: Award, paper_id: int) -> ResponseReturnValue:
    """Evidence, as a download."""
    paper = queries.paper_of(award, paper_id)
    if paper is None:
        raise NotFound()
    return send_private(paper.file)


def stages_of(award: Award) -> dict[str, Any] | None:
    """The stages on an award's way and where it is; None where it has left the way."""
    if award.status not in ON_THE_WAY:
        return None
    names = [each for each in ON_THE_WAY if each != "due" or award.needs_target]
    at = {"due": "due" if award.needs_target else "announced"}.get(award.status, award.status)
    return {
        "names": [wording.STAGES[each] for each in names],
        "current": names.index(at),
        "all": award.status == "completed",
    }


def may_take(code: str, runs: bool) -> bool:
    """Whether the next step is one for this person's roles; its own page asks more closely."""
    match code:
        case "decide" | "decide_change":
            return True
        case "authority_signs" | "approve_repayment":
            return access.is_approver()
        case "pay" | "repay":
            return access.is_finance()
    return runs


def place_of(whole: file.AwardFile) -> str:
    """Where the next step is taken, for staff; empty where it is not theirs, or stands on the award's own page."""
    award, code = whole.award, whole.next_for_staff
    here: dict[str, Any] = {"public_id": award.public_id}
    first = {each.status: each.id for each in reversed(whole.instalments)}
    match code:
        case "decide" | "decide_change" if whole.open_decision:
            return url_for("grant_desk.show_decision", decision_id=whole.open_decision.id)
        case "plan":
            return url_for("grant_desk.edit_plan", **here)
        case "draft":
            return url_for("grant_desk.edit_agreement", **here)
        case "offer" | "renew" | "authority_signs" if whole.open_agreement:
            return url_for("grant_desk.show_agreement", **here, version=whole.open_agreement.version)
        case "check_claim":
            return url_for("grant_desk.show_instalment", **here, instalment_id=first["claimed"])
        case "pay":
            return url_for("grant_desk.show_payment", instalment_id=first["instructed"])
        case "read_report":
            report = next(each for each in whole.reports if each.status == "submitted")
            return url_for("grant_desk.show_report", **here, report_id=report.id)
        case "approve_repayment" | "repay":
            wanted = "asked" if code == "approve_repayment" else "approved"
            repayment = next(each for each in whole.repayments if each.status == wanted)
            return url_for("grant_desk.show_repayment", repayment_id=repayment.id)
        case "outcome":
            return url_for("grant_desk.edit_outcome", **here)
    return ""
