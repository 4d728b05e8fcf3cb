"""The demo's past: a quarter of reports, decisions and appeals, so that the public report says something. Example data."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from civic.accounts.models import User
from civic.core.db import db
from civic.moderation.models import Appeal, Case, Decision, Report, Suspension, Warned
from civic.moderation.rules.figures import quarter_of

CASES = 64
FIRST = 9_000_001
"""Texts that are gone meanwhile, by numbers that no text will have."""
RULES = ("abuse", "spam", "off_topic", "personal_data", "libel", "hate")
SHARES = (30, 26, 18, 12, 9, 5)
WORDS = {
    "abuse": "It insults somebody instead of answering them.",
    "spam": "It advertises, and the same words stand in several places.",
    "off_topic": "It is about something else. There is another page for it.",
    "personal_data": "It says where somebody lives.",
    "libel": "It says something harmful about a person that it does not show to be true.",
    "hate": "It runs people down for who they are.",
}
KEPT = "It is sharp, but it is about the matter and not about a person."


def plant_past(moderators: Sequence[User], people: Sequence[int], *, now: datetime) -> int:
    """A quarter of decisions, the last one that is over; how many."""
    chance, quarter = Random(2026), quarter_of(now.date()).before()  # noqa: S311 - example data
    days = (quarter.ends_at - quarter.starts_at).days - 4
    for number in range(CASES):
        at = quarter.starts_at + timedelta(days=number * days / CASES, hours=chance.uniform(1, 20))
        rule = chance.choices(RULES, SHARES)[0]
        author, reporters = chance.choice(people[50:150]), chance.sample(people[150:300], chance.choice((1, 1, 2, 3)))
        verb = "remove" if chance.random() < 0.6 else "keep"
        _one(f"campaign_comment:{FIRST + number}", author, reporters, rule, verb, at, chance, moderators)
    return CASES


def _one(
    thing: str, author: int, reporters: list[int], rule: str, verb: str, at: datetime, chance: Random,
    moderators: Sequence[User],
) -> None:  # fmt: skip
    first, second = chance.sample(list(moderators), 2)
    decided_at = at + timedelta(hours=chance.choice((1, 2, 3, 5, 8, 20, 30)), minutes=chance.randrange(60))
    words = WORDS[rule] if verb == "remove" else KEPT
    case = Case(
        thing=thing, status="removed" if verb == "remove" else "kept", version=2, author_id=author, language="en",
        created_at=at, opened_at=at, is_reported=True, decided_at=decided_at, claimed_until=None,
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    status = "upheld" if verb == "remove" else "dismissed"
    db.session.add_all(
        Report(
            case_id=case.id, thing=thing, reporter_id=reporter, status=status, rule=rule, language="en",
            at=at + timedelta(minutes=7 * number), weight=100, counted=100,
        )
        for number, reporter in enumerate(reporters)
    )  # fmt: skip
    decision = Decision(
        case_id=case.id, verb=verb, rule=rule if verb == "remove" else "", words=words, language="en", by_id=first.id,
        at=decided_at, waited_since=at,
    )  # fmt: skip
    db.session.add(decision)
    db.session.flush()
    if verb == "remove" and chance.random() < 0.7:
        _appeal(case, decision, decided_at + timedelta(hours=chance.choice((3, 9, 26))), chance, second)
    if verb == "remove" and chance.random() < 0.4:
        _warn(case, decision, chance)


def _appeal(case: Case, decision: Decision, at: datetime, chance: Random, by: User) -> None:
    outcome = "restored" if chance.random() < 0.45 else "upheld"
    answered_at = at + timedelta(hours=chance.choice((4, 11, 24, 40)))
    answer = "You are right: it can be read as a joke." if outcome == "restored" else "I read it as my colleague did."
    db.session.add(
        Appeal(
            case_id=case.id, decision_id=decision.id, author_id=case.author_id, words="I did not mean anybody here.",
            language="en", at=at, against_id=decision.by_id, decided_by_id=by.id, decided_at=answered_at, outcome=outcome,
            answer=answer,
        )
    )  # fmt: skip
    db.session.add(
        Decision(
            case_id=case.id, verb="restore" if outcome == "restored" else "uphold", words=answer, language="en", by_id=by.id,
            at=answered_at, waited_since=at,
        )
    )  # fmt: skip
    case.status, case.decided_at = outcome, answered_at


def _warn(case: Case, decision: Decision, chance: Random) -> None:
    about = {"person_id": case.author_id, "case_id": case.id, "language": "en", "by_id": decision.by_id}
    db.session.add(Warned(**about, words="If this goes on you may not post for a while.", at=decision.at))
    if chance.random() < 0.5:
        starts_at = decision.at + timedelta(days=3)
        db.session.add(
            Suspension(
                **about, words="It went on after a warning.", starts_at=starts_at, ends_at=starts_at + timedelta(days=7),
                lifted_at=None, lifted_by_id=None,
            )
        )  # fmt: skip
