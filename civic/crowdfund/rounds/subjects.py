"""What applications and rounds are to the packages below, which know them by name alone."""

from flask import render_template, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from civic.core import clock
from civic.core.db import db
from civic.core.manifest import Subject
from civic.crowdfund.rounds import listeners
from civic.crowdfund.rounds.models import Application, Round
from civic.crowdfund.rounds.queries import applications as queries
from civic.crowdfund.rounds.rules.choices import SENT


def draw(number: int) -> Markup:
    """The whole application, for whoever judges or decides; nothing before the deadline, and nothing that was not handed in."""
    application = queries.application_by_id(number)
    if application is None or application.status not in SENT:
        return Markup("")
    if not application.round.is_unsealed(clock.now()):
        return Markup("")
    letter = url_for("round_desk.show_letter", application_id=application.id)
    page = {"application": application, "round": application.round, "campaign": application.campaign}
    more = {"staff": True, "letter": letter}
    return Markup(render_template("crowdfund/rounds/_application.html", **page, **more))  # noqa: S704 - our own template drew it


def project_url(number: int) -> str:
    """Where everybody sees an application: once it has a pledge that was announced."""
    application = db.session.get(Application, number)
    if application is None or application.status not in ("awarded", "lost"):
        return ""
    slug = db.session.get_one(Round, application.round_id).slug
    return url_for("rounds.show_project", slug=slug, application_id=number)


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
        public_url=project_url,
        parties=queries.parties,
        hold=listeners.hold,
        behind=queries.behind,
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
