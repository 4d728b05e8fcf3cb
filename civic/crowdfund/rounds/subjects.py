"""What applications and rounds are to the packages below, which know them by name alone."""

from flask import render_template, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from civic.core import clock
from civic.core.db import db
from civic.core.manifest import Subject
from civic.crowdfund.rounds import listeners
from civic.crowdfund.rounds.models import Round
from civic.crowdfund.rounds.queries import applications as queries
from civic.crowdfund.rounds.rules.choices import SENT
from civic.crowdfund.rounds.rules.dates import is_unsealed


def draw(number: int) -> Markup:
    """The whole application, for whoever judges or decides; nothing before the deadline, and nothing that was not handed in."""
    application = queries.application_by_id(number)
    if application is None or application.status not in SENT:
        return Markup("")
    if not is_unsealed(application.round.dates, clock.now()):
        return Markup("")
    page = {"application": application, "round": application.round, "campaign": application.campaign, "staff": True}
    return Markup(render_template("crowdfund/rounds/_application.html", **page))  # noqa: S704 - our own template drew it


def round_url(number: int) -> str:
    """Where everybody sees a round."""
    round_ = db.session.get(Round, number)
    return url_for("rounds.show_round", slug=round_.slug) if round_ is not None and round_.is_public() else ""


def round_desk(number: int) -> str:
    """Where staff see a round."""
    round_ = db.session.get(Round, number)
    return url_for("round_desk.show_round", slug=round_.slug) if round_ is not None else ""


SUBJECTS = [
    Subject(
        kind="application",
        label=_l("Application"),
        url=lambda number: url_for("round_desk.show_application", application_id=number),
        draw=draw,
        public_url=lambda number: "",
        parties=queries.parties,
        hold=listeners.hold,
    ),
    Subject(
        kind="round",
        label=_l("Round"),
        url=round_desk,
        draw=lambda number: Markup(""),
        public_url=round_url,
        parties=lambda number: frozenset(),
    ),
]
