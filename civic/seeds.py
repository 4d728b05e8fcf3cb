"""The demo: a London of made-up members and surveys, planted through the same actions that people use."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from time import perf_counter

from flask import current_app
from sqlalchemy import select

from civic.accessibility import seeds as accessibility
from civic.accounts import seeds as accounts
from civic.accounts.models import RoleGrant, User
from civic.challenge import seeds as challenge
from civic.challenge.applying import seeds as applying
from civic.challenge.models import Challenge
from civic.challenge.seed_content import DAMP
from civic.challenge.story import seeds as challenge_story
from civic.challenge.story.seeding.cast import Cast
from civic.consultations import seeds as consultations
from civic.consultations.models import Consultation
from civic.consultations.seed_content import HEAT
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.subjects import named
from civic.crowdfund import seed_moderation
from civic.crowdfund import seeds as crowdfund
from civic.crowdfund.matching import seeds as matching
from civic.crowdfund.models import Campaign
from civic.crowdfund.rounds import seed_past
from civic.crowdfund.rounds import seeds as rounds
from civic.crowdfund.seed_content.current import EAST_STREET
from civic.crowdfund.seed_content.pictures import scene
from civic.discussions import seeds as discussions
from civic.discussions.models import Thread
from civic.discussions.seed_content.threads import COOL
from civic.formats import seeds as formats
from civic.grants import seeds as grants
from civic.grants.seeds import Desk
from civic.moderation import seeds as moderation
from civic.notifications import seeds as notifications
from civic.requests import seeds as requests
from civic.surveys import seeds as surveys
from civic.surveys.assisted import seeds as assisted
from civic.surveys.models.survey import Survey
from civic.surveys.seed_content.heat import SLUG as HEAT_SURVEY
from civic.translation import seed_content as translation_words
from civic.translation import seeds as translation

FUND = (
    "crowdfund-london",
    "Crowdfund London",
    "The Mayor’s money for projects that Londoners want and give for themselves, since 2014.",
)


def is_planted() -> bool:
    """Whether the demo is there."""
    return surveys.is_planted()


def plant(scale: int, now: datetime | None = None) -> Iterator[str]:
    """Fill an empty database, `scale` times as full as the demo; tells what was done, line by line."""
    if is_planted():
        yield "The demo is already there; nothing was changed. Seeding begins with an empty database."
        return
    start, now = perf_counter(), now or clock.now()
    yield from accounts.plant(scale, now)
    yield from surveys.plant(scale, by=_holder("researcher"), members=_members(), now=now)
    yield from _consultations(now)
    people = [number for number, _, _ in _people()]
    yield from discussions.plant(
        scale, by=_holder("researcher"), moderator=_holder("moderator"), members=people, now=now
    )
    _talk_of_the_heat(now)
    yield _easy_read(now)
    yield from crowdfund.plant(officer=_holder("funds_officer"), people=_people(), now=now)
    yield from _public_money(now)
    yield from _challenge(now)
    yield from _translations(now)
    yield from _assistance(now)
    yield from _moderation(now)
    with current_app.test_request_context("/en/"), transaction():
        line = accessibility.plant(_holder("moderator"), now=now)
    yield line
    with transaction():
        notifications.settle(now)  # last, when everything has happened
    yield f"All of it is example data, made in {perf_counter() - start:.0f} seconds."


def _consultations(now: datetime) -> Iterator[str]:
    """Consultations in every stage, around the surveys."""
    researcher, members = _holder("researcher"), _members()
    with current_app.test_request_context("/en/"):
        with transaction():
            line = surveys.plant_past(by=researcher, members=members, now=now)
        yield line
        desk = consultations.Desk(
            officer=researcher, signer=_holder("approver"), member=db.session.get_one(User, members[0][0])
        )
        numbers = dict(db.session.execute(select(Survey.slug, Survey.id)).tuples().all())
        with transaction():
            line = consultations.plant(desk, numbers, now=now)
        yield line


def _talk_of_the_heat(now: datetime) -> None:
    """The consultation about the heat holds a survey and a discussion."""
    with current_app.test_request_context("/en/"), transaction():
        thread = db.session.scalars(select(Thread.id).where(Thread.title == COOL.title)).one()
        consultations.add(named("thread", thread), to=HEAT.slug, by=_holder("researcher"), now=now)


def _easy_read(now: datetime) -> str:
    """The survey about the heat, for people who need short sentences and pictures."""
    with current_app.test_request_context("/en/"), transaction():
        survey = db.session.scalars(select(Survey.id).where(Survey.slug == HEAT.survey)).one()
        return formats.plant(named("survey", survey), by=_holder("researcher"), scene=scene, now=now)


def _public_money(now: datetime) -> Iterator[str]:
    """The fund of the authority with its rounds, and schemes that match gifts."""
    desk = Desk(
        officer=_holder("funds_officer"),
        assessors=tuple(_holders("assessor")),
        consultee=_holder("consultee"),
        approver=_holder("approver"),
        finance=_holder("finance_officer"),
        administrator=_holder("administrator"),
    )
    with current_app.test_request_context("/en/"):
        with transaction():
            grants.plant(desk, now=now)
            fund = grants.fund(*FUND, desk, now=grants.at(date(2014, 9, 1)))
            signer = db.session.get_one(User, _people()[0][0])
            number = seed_past.plant(fund, desk, signer, now=now)
        yield f"{number} pledges of the Mayor from 2015 to 2018, from their decisions to their payment"
        with transaction():
            rounds.plant(fund, desk, now=now)
        yield "two rounds of today: one being assessed, decided and paid, and one that takes ideas"
        with transaction():
            number = matching.plant(desk, now=now)
        yield f"{number} schemes that match gifts, and one that waits for its approver"


def _challenge(now: datetime) -> Iterator[str]:
    """The challenge of 2018, and an example of today's with problems and briefs."""
    desk = challenge.Desk(manager=_holder("challenge_manager"), publisher=_holder("approver"))
    people = [number for number, _name, _address in _people()]
    with current_app.test_request_context("/en/"):
        with transaction():
            lines = list(challenge.plant(desk, people, now=now))
        yield from lines
        with transaction():
            founders = [db.session.get_one(User, number) for number in people[40:46]]
            line = applying.plant(desk, founders, now=now)
        yield line
        with transaction():
            lines = list(challenge_story.plant(_cast(), [db.session.get_one(User, each) for each in people], now=now))
        yield from lines


def _cast() -> Cast:
    """Who runs the demo's programmes from call to outcome."""
    return Cast(
        manager=_holder("challenge_manager"),
        publisher=_holder("approver"),
        assessors=_holders("assessor"),
        consultee=_holder("consultee"),
        approver=_holder("approver"),
        finance=_holder("finance_officer"),
        partners={},
    )


def _translations(now: datetime) -> Iterator[str]:
    """A consultation, a brief and a campaign in Polish and Arabic, and the glossary."""
    heat = db.session.scalars(select(Consultation.id).where(Consultation.slug == HEAT.slug)).one()
    damp = db.session.scalars(select(Challenge.id).where(Challenge.slug == DAMP.slug)).one()
    street = db.session.scalars(select(Campaign.id).where(Campaign.slug == EAST_STREET.slug)).one()
    things = {
        translation_words.HEAT: named("consultation", heat),
        translation_words.DAMP: named("challenge", damp),
        translation_words.EAST_STREET: named("campaign", street),
    }
    people = [db.session.get_one(User, number) for number, _name, _address in _people()[-3:]]
    with current_app.test_request_context("/en/"):
        with transaction():
            line = translation.plant(things, translator=_holder("translator"), members=people, now=now)
        yield line


def _assistance(now: datetime) -> Iterator[str]:
    """Requests for formats, and answers on paper and by phone, by an assistant and the researcher."""
    assistant = _holder("assistant")
    with current_app.test_request_context("/en/"):
        heat = db.session.scalars(select(Survey.id).where(Survey.slug == HEAT_SURVEY)).one()
        with transaction():
            line = requests.plant(assistant, {"heat": heat}, now=now)
        yield line
        with transaction():
            line = assisted.plant(assistant, _holder("researcher"), now=now)
        yield line


def _moderation(now: datetime) -> Iterator[str]:
    """Comments that somebody reported, one that waits, an appeal, and a quarter of decisions."""
    moderators, people = _holders("moderator"), [number for number, _name, _address in _people()]
    with current_app.test_request_context("/en/"):
        with transaction():
            seed_moderation.plant(moderators, people, now=now)
        with transaction():
            number = moderation.plant_past(moderators, people, now=now)
    yield f"comments that wait for a moderator, and {number} decisions of the last quarter"


def sign_ins() -> list[str]:
    """How to sign in to the demo, for the person who started it."""
    return accounts.sign_ins()


def _holder(role: str) -> User:
    """The first member of staff with a role."""
    return _holders(role)[0]


def _holders(role: str) -> Sequence[User]:
    holders = select(User).join(RoleGrant, RoleGrant.user_id == User.id).where(RoleGrant.role == role)
    return db.session.scalars(holders.order_by(User.id)).all()


def _members() -> list[tuple[int, str | None]]:
    """Everybody without a role, with their borough."""
    with_role = select(RoleGrant.user_id)
    everybody = select(User.id, User.borough).where(User.id.not_in(with_role)).order_by(User.id)
    return [(row.id, row.borough) for row in db.session.execute(everybody)]


def _people() -> list[tuple[int, str, str]]:
    """Everybody without a role, with their name and address; the member whose password is printed comes last."""
    with_role = select(RoleGrant.user_id)
    named = select(User.id, User.display_name, User.email).where(
        User.id.not_in(with_role), User.display_name.is_not(None)
    )
    rows = [(row.id, row.display_name, row.email) for row in db.session.execute(named.order_by(User.id))]
    return [*rows[1:], *rows[:1]]
