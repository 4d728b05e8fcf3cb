"""What applications, interviews and their panels are to the packages below, which know them by name alone."""

from flask import render_template, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from civic.challenge.applying.models import INTERVIEW, KIND, ChallengeApplication
from civic.challenge.applying.names import HEARING, PANEL
from civic.challenge.applying.queries import applications, interviews
from civic.challenge.applying.queries.calls import call_of
from civic.challenge.applying.queries.startups import is_finalist
from civic.challenge.applying.rules.choices import SENT
from civic.challenge.models import Challenge
from civic.core import clock
from civic.core.db import db, locked
from civic.core.manifest import Subject

NOTHING = Markup("")


def draw(number: int) -> Markup:
    """The whole application, for whoever judges or decides; nothing before the deadline, and nothing that was not sent."""
    application = applications.application_by_id(number)
    if application is None or application.status not in SENT or not application.call.is_unsealed(clock.now()):
        return NOTHING
    page = {"application": application, "challenge": application.challenge}
    return Markup(render_template("challenge/applying/_application.html", **page))  # noqa: S704 - our own template drew it


def draw_interview(number: int) -> Markup:
    """What was said in an interview, and the application that it was about."""
    interview = interviews.interview_by_id(number)
    if interview is None or interview.status == "cancelled":
        return NOTHING
    said = render_template("challenge/applying/_interview.html", interview=interview)
    return Markup(said) + draw(interview.application_id)  # noqa: S704 - our own template drew it


def finalist_url(number: int) -> str:
    """Where everybody sees who applied: once the startup is publicly a finalist."""
    application = db.session.get(ChallengeApplication, number)
    if application is None or not is_finalist(application.startup_id):
        return ""
    return url_for("applying.show_startup", startup_id=application.startup_id)


def hold(number: int) -> None:
    """Whatever is decided about an application waits for what is being decided about it."""
    locked(ChallengeApplication, number)


def hold_interview(number: int) -> None:
    """The same, of the application that an interview is about."""
    interview = interviews.interview_by_id(number)
    if interview is not None:
        hold(interview.application_id)


def shortlist_url(number: int) -> str:
    """Where staff see how a challenge's applications stand."""
    challenge = db.session.get(Challenge, number)
    call = call_of(challenge.programme_id) if challenge is not None else None
    if challenge is None or call is None:
        return ""
    if not call.is_unsealed(clock.now()):
        return url_for("manage_applying.show_call", programme=call.programme.slug)
    return url_for("manage_applying.show_shortlist", programme=call.programme.slug, slug=challenge.slug)


def challenge_url(number: int) -> str:
    """Where everybody sees a challenge."""
    challenge = db.session.get(Challenge, number)
    return url_for("challenge.show_challenge", slug=challenge.slug) if challenge and challenge.is_public else ""


SUBJECTS = [
    Subject(
        kind=KIND,
        label=_l("Application to a challenge"),
        url=lambda number: url_for("manage_applying.show_application", entry_id=number),
        draw=draw,
        public_url=finalist_url,
        parties=applications.parties,
        hold=hold,
        behind=applications.behind,
    ),
    Subject(
        kind=INTERVIEW,
        label=_l("Interview with a startup"),
        url=lambda number: url_for("manage_applying.show_interview", interview_id=number),
        draw=draw_interview,
        public_url=lambda number: "",
        parties=interviews.parties,
        hold=hold_interview,
        behind=interviews.behind,
    ),
    *(
        Subject(
            kind=kind,
            label=_l("Challenge"),
            url=shortlist_url,
            draw=lambda number: NOTHING,
            public_url=challenge_url,
            parties=lambda number: frozenset(),
        )
        for kind in (PANEL, HEARING)
    ),
]
