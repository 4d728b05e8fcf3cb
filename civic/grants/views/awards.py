"""An award for everybody: how much, by which decision, on which conditions, what was paid, what came of it; never a person's name."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from civic.core import subjects
from civic.core.doors import allowed, anyone
from civic.core.errors import NotFound
from civic.core.pages import etag
from civic.grants import access, printing, wording
from civic.grants.models import Award, Decision
from civic.grants.queries import awards as queries
from civic.grants.queries import decisions
from civic.grants.queries.file import AwardFile
from civic.grants.rules.choices import PAID
from civic.grants.views import bp
from civic.places import borough


@bp.get("/awards/<public_id>")
@allowed(anyone, on=queries.public_award)
def show_award(award: Award) -> ResponseReturnValue:
    """One award, as everybody may know it."""
    taken = [each for each in decisions.decisions_of(award.id) if each.status == "decided"]
    parts = [each for each in queries.instalments_of(award.id) if each.status in PAID]
    back = [each for each in queries.repayments_of(award.id) if each.status == "received"]
    file = AwardFile(award, taken, [], parts, [], back)
    etag("award", *_told(file))
    return render_template(
        "grants/public/show_award.html",
        award=award,
        file=file,
        place=borough(award.place) if award.place else None,
        subject_url=subjects.public_url_of(award.subject),
        pot_url=subjects.public_url_of(award.pot.owner),
        acts=access.acts_for_recipient(award),
        words=wording,
    )


@bp.get("/awards/<public_id>/decisions/<int:decision_id>")
@allowed(anyone, on=queries.public_award)
def show_sheet(award: Award, decision_id: int) -> ResponseReturnValue:
    """The sheet of a decision for everybody: roles, and no names of staff."""
    decision = _taken(award, decision_id)
    etag("sheet", award.status, award.title, decision.id, decision.number, len(decision.views))
    page = _sheet(award, decision)
    return render_template("grants/public/show_sheet.html", **page, printable=printing.is_available())


@bp.get("/awards/<public_id>/decisions/<int:decision_id>.pdf")
@allowed(anyone, on=queries.public_award)
def download_sheet(award: Award, decision_id: int) -> ResponseReturnValue:
    """The same as a PDF."""
    decision = _taken(award, decision_id)
    name = f"{decision.number}-{award.public_id[:6]}.pdf"
    return printing.send("grants/documents/decision.html", name, **_sheet(award, decision))


def _taken(award: Award, decision_id: int) -> Decision:
    """A decision of this award that was taken; what is only recommended is nobody's business yet."""
    decision = decisions.decision_by_id(decision_id)
    if decision is None or decision.award_id != award.id or decision.status != "decided":
        raise NotFound()
    return decision


def _sheet(award: Award, decision: Decision) -> dict[str, Any]:
    url = subjects.public_url_of(award.subject)
    return {"decision": decision, "award": award, "trail": None, "url": url, "staff": False, "words": wording}


def _told(file: AwardFile) -> list[Any]:
    """By what an award is known to a reader's browser."""
    award = file.award
    return [
        (award.id, award.status, award.amounts, award.title, award.summary, award.recipient, award.conditions),
        (award.outcome, award.note, award.scores, award.expires_at, award.pot.fund.title, award.pot.title),
        [(each.id, each.number) for each in file.decisions],
        [(each.id, each.status, each.paid_on) for each in file.instalments],
        [each.id for each in file.repayments],
    ]
