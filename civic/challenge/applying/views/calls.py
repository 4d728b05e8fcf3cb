"""The call of a programme, as everybody reads it: until when, for how much, by which conditions, judged by what."""

from flask import render_template
from flask.typing import ResponseReturnValue

from civic.challenge.applying import access
from civic.challenge.applying.models import Call
from civic.challenge.applying.queries import calls as queries
from civic.challenge.applying.rules.questions import QUESTIONS
from civic.challenge.applying.views import bp
from civic.core import clock
from civic.core.doors import allowed
from civic.core.pages import etag


def place_of(call: Call) -> str:
    """Where a call is, by the clock: draft, coming, open, sealed, or its state after the deadline."""
    now = clock.now()
    if call.status == "open":
        assert call.opens_at is not None
        return "coming" if now < call.opens_at else "open" if call.takes_applications(now) else "assessing"
    return call.status


@bp.get("/challenges/calls/<programme>")
@allowed(access.may_see_call, on=queries.call_by_programme, hide=True)
def show_call(call: Call) -> ResponseReturnValue:
    """What a startup must know before it applies."""
    found, place, now = queries.challenges_in(call.programme_id), place_of(call), clock.now()
    days = (call.closes_at - now).days if call.closes_at else 0
    etag(
        "call", call.id, call.version, call.programme.version, place, days if days > 1 else now.replace(second=0, microsecond=0),
        [(each.id, each.version) for each in found],
    )  # fmt: skip
    return render_template(
        "challenge/applying/show_call.html",
        call=call,
        programme=call.programme,
        place=place,
        challenges=found,
        criteria=queries.criteria_in([each.id for each in found]),
        questions=QUESTIONS,
        now=now,
    )
