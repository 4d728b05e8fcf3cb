"""The demo's people and organisations, made by the same actions that people use. Made up: no real person is meant."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from flask import current_app

from civic.accounts import passwords
from civic.accounts.actions import organisations, profile, roles, second_factor
from civic.accounts.actions.sign_up import create_user
from civic.accounts.models import SecondFactor, User
from civic.accounts.queries import people
from civic.accounts.rules import choices, equality
from civic.accounts.rules.names import folded, tidy
from civic.accounts.seed_names import names
from civic.core.db import db, transaction
from civic.places.boroughs import BOROUGHS

MEMBERS = 400
TOLD_EQUALITY = 40  # of them, whatever the scale
BATCH = 500
PASSWORD = "kestrel over deptford creek"  # noqa: S105 - the demo's, printed when it starts; refused in production
STAFF = {
    "researcher": "Hannah Osei",
    "moderator": "Daniel Whitcombe",
    "funds_officer": "Shanelle Brathwaite",
    "assessor": "Priya Raman",
    "consultee": "Tomasz Wilk",
    "approver": "Geraldine Achebe",
    "finance_officer": "Rajiv Menon",
    "challenge_manager": "Eilidh Macrae",
    "translator": "Zofia Baran",
    "assistant": "Comfort Asante",
    "administrator": "Yusuf Kaplan",
}
MORE_STAFF = {
    "assessor2@example.org": ("assessor", "Marcus Adeyemi"),
    "assessor3@example.org": ("assessor", "Ines Carvalho"),
    "moderator2@example.org": ("moderator", "Nkechi Obi"),
}
"""Two read each application, and no two always the same; and who removed a text never hears the appeal."""
MEMBER = ("member@example.org", "Amina Yusuf", "E09000012")
GROUPS = (
    (
        "Creekside Growers",
        "cic",
        "12904417",
        "Three directors; the members elect a steering group every spring.",
        "verified",
    ),
    (
        "Lea Bank Rowing for All",
        "registered_charity",
        "1199204",
        "Seven trustees, elected for three years by the members.",
        "verified",
    ),
    (
        "Harlesden Repair Café",
        "unincorporated_association",
        "",
        "A committee of five under our constitution of 2021.",
        "submitted",
    ),
    (
        "Morden Parents’ Forum",
        "unincorporated_association",
        "",
        "Everybody who comes decides; two officers sign.",
        "submitted",
    ),
    (
        "Ilford Community Kitchen",
        "community_benefit_society",
        "RS008855",
        "One member, one vote; nine on the board.",
        "returned",
    ),
    ("Studio Wharf Makers", "company", "13377420", "Two founders.", "unverified"),
)


def plant(scale: int, now: datetime) -> Iterator[str]:
    """Staff with one role each, members across the boroughs, organisations in every state."""
    if current_app.config["PRODUCTION"]:
        raise RuntimeError("the demo's passwords are known to everybody: it is never planted in production")
    password_hash, chance = passwords.hashed(PASSWORD), Random(33)  # noqa: S311 - chance, no secret
    with transaction():
        _staff(password_hash, now)
    yield f"{len(STAFF) + len(MORE_STAFF)} members of staff, at least one for each role"
    number = _members(MEMBERS * scale, password_hash, chance, now)
    yield f"{number:,} made-up members in {len(BOROUGHS)} boroughs"
    with current_app.test_request_context("/en/"), transaction():
        _groups(now)
    yield f"{len(GROUPS)} organisations, from unverified to verified"


def sign_ins() -> list[str]:
    """How to sign in to the demo: the addresses, the password, and where the code comes from."""
    keys = [db.session.get(SecondFactor, user.id) for user in map(_by_role, STAFF) if user]
    key = second_factor.secret_of(keys[0]) if keys and keys[0] else ""
    return [
        f"Everybody’s password: {PASSWORD}",
        f"Member: {MEMBER[0]} (has pledged, one card needs them; runs a campaign for Creekside Growers)",
        "Staff: " + ", ".join([*map(_address, STAFF), *MORE_STAFF]),
        f"Staff also type a code. The page shows it in the demo; or put this key into an authenticator app: {key}",
    ]


def _staff(password_hash: str, now: datetime) -> None:
    joined = now - timedelta(days=200)
    people = [(role, _address(role), name) for role, name in STAFF.items()]
    for role, address, name in people + [(role, address, name) for address, (role, name) in MORE_STAFF.items()]:
        user = create_user(address, password_hash=password_hash, now=joined)
        roles.grant(user, role, by=None, why="Example data.", now=joined)
        profile.name(user, name)
        second_factor.set_up_for_demo(user, now=joined)


def _members(number: int, password_hash: str, chance: Random, now: datetime) -> int:
    taken: set[str] = {folded(name) for name in (*STAFF.values(), *(name for _role, name in MORE_STAFF.values()))}
    with transaction():
        member = create_user(MEMBER[0], password_hash=password_hash, now=now - timedelta(days=90))
        profile.name(member, MEMBER[1])
        profile.tell(member, borough=MEMBER[2], connections=["live"], birth_month=5, birth_year=1991)
        taken.add(folded(MEMBER[1]))
    chosen, made = names(chance), 0
    while made < number:
        with transaction():
            for _each in range(min(BATCH, number - made)):
                made += 1
                _member(made, _free(chosen, taken, chance), password_hash, chance, now)
        db.session.expunge_all()
    return made + 1


def _free(chosen: Iterator[str], taken: set[str], chance: Random) -> str:
    """The next name that looks like no other; after some tries it gets a second initial, and then a number."""
    for tries in range(1000):
        name = tidy(next(chosen))
        if tries > 3:
            name += f" {chance.choice('ABCDEFGHJKMNPRSTUVWY')}{chance.choice('ABCDEFGHJKMNPRSTUVWY')}"
        if tries > 8:
            name += f" {chance.randint(2, 9999)}"
        if folded(name) not in taken:
            taken.add(folded(name))
            return name
    raise AssertionError("names have run out")


def _member(number: int, name: str, password_hash: str, chance: Random, now: datetime) -> None:
    joined = now - timedelta(minutes=chance.randint(600, 60 * 24 * 150))
    language = chance.choices(("en", "pl", "ar"), (92, 5, 3))[0]
    user = create_user(f"member{number}@example.org", password_hash=password_hash, language=language, now=joined)
    profile.tell(user, **_about(chance, now.year))
    profile.name(user, name)
    if number <= TOLD_EQUALITY:
        _equality(user, chance, joined)


def _about(chance: Random, year: int) -> dict[str, object]:
    """A profile with gaps, as people leave them: residents follow the Census by borough."""
    weights = [borough.population_2021 for borough in BOROUGHS]
    about: dict[str, object] = {
        "connections": chance.choices(
            (["live"], ["live", "work"], ["work"], ["live", "run"], ["study"]), (5, 4, 2, 1, 1)
        )[0]
    }
    if chance.random() < 0.88:
        about["borough"] = chance.choices(BOROUGHS, weights)[0].gss
    if chance.random() < 0.7:
        about |= {"birth_month": chance.randint(1, 12), "birth_year": year - int(chance.triangular(17, 88, 36))}
    if chance.random() < 0.5:
        about |= {"tenure": chance.choice(choices.TENURES[:6]), "work_status": chance.choice(choices.WORK_STATUSES)}
    return about


def _equality(user: User, chance: Random, now: datetime) -> None:
    profile.consent_to_equality(user, now=now)
    answers: dict[str, str] = {}
    question = equality.next_question(None, answers)
    while question:
        if chance.random() < 0.9:
            answers[question] = chance.choice(equality.options(question, answers))
            profile.answer_equality(user, question, answers[question], now=now)
        question = equality.next_question(question, answers)


def _groups(now: datetime) -> None:
    officer = _by_role("funds_officer")
    assert officer is not None
    for number, (name, kind, registration, governance, status) in enumerate(GROUPS, 1):
        owner = people.user_by_email(MEMBER[0] if number == 1 else f"member{number}@example.org")
        assert owner is not None
        about = {"kind": kind, "registration_number": registration, "governance": governance, "language": "en"}
        group = organisations.found(name=name, **about, by=owner, now=now - timedelta(days=30))
        if status == "unverified":
            continue
        organisations.submit(group, by=owner, now=now - timedelta(days=20))
        if status == "verified":
            organisations.decide(
                group, "verify", by=officer, why="Seen in the public register.", now=now - timedelta(days=15)
            )
        elif status == "returned":
            organisations.decide(
                group, "return", by=officer, why="Please send your rules as registered.", now=now - timedelta(days=12)
            )


def _by_role(role: str) -> User | None:
    return people.user_by_email(_address(role))


def _address(role: str) -> str:
    return f"{role.replace('_', '.')}@example.org"
