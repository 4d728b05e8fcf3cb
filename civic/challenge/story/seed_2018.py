"""The programme of 2018 as far as sources tell: its finalists and winners by name, its grants paid; what was not found is said so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select

from civic.accounts.models import Organisation, User
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.models import Challenge, Programme
from civic.challenge.queries.programmes import programme_by_slug
from civic.challenge.story import seed_content as content
from civic.challenge.story.seeding.cast import Cast
from civic.challenge.support.actions import outcomes
from civic.challenge.testing.actions import offering
from civic.challenge.testing.models import Milestone, TestGrant
from civic.core.clock import london_minute
from civic.core.db import db
from civic.core.money import Money
from civic.core.states import advance
from civic.grants.actions import agreements, awards, decisions, instalments
from civic.grants.actions.agreements import Signer
from civic.grants.actions.instalments import Planned
from civic.grants.models import Award, Fund
from civic.grants.proposing import Proposed, Terms
from civic.grants.queries import awards as award_queries
from civic.grants.queries.funds import pot_by_owner
from civic.grants.rules.amounts import Amounts

GRANT = Money(1_500_000)
APPLICATIONS = 120
"""The sources say more than 100; the demo tells it with so many."""
LAUNCH = london_minute(date(2018, 6, 11), "09:00")
DEADLINE = london_minute(date(2018, 7, 27))
SHORTLIST = london_minute(date(2018, 8, 30), "10:00")
WINNERS = london_minute(date(2018, 10, 5), "10:00")
DEMO_DAY = date(2018, 12, 10)


def plant(cast: Cast, fund: Fund, signer: User) -> int:
    """The call with its applications, finalists, grants and what is not known of them; tells how many applied."""
    programme = programme_by_slug("2018")
    assert programme is not None
    challenges = {
        each.slug: each for each in db.session.scalars(select(Challenge).where(Challenge.programme_id == programme.id))
    }
    call = _call(programme, cast)
    found = _finalists(call, challenges)
    _others(call, list(challenges.values()), APPLICATIONS - len(found))
    winners = [each for each in found if each.status == "matched"]
    whole = Amounts.only("revenue", Money(GRANT.minor * len(winners)))
    offering.set_aside(programme, fund, whole, why="MD2286", by=cast.manager, now=WINNERS)
    for each in winners:
        _granted(each, challenges, programme, cast, signer)
        _unknown(each, cast)
    return APPLICATIONS


def _call(programme: Programme, cast: Cast) -> Call:
    call = Call(
        programme_id=programme.id, status="closed", opens_at=LAUNCH, closes_at=DEADLINE, unsealed_at=DEADLINE,
        shortlisted_at=SHORTLIST, ranks_close_at=WINNERS - timedelta(days=7), grant_minor=GRANT.minor,
        created_by_id=cast.manager.id, created_at=LAUNCH,
    )  # fmt: skip
    db.session.add(call)
    db.session.flush()
    return call


def _finalists(call: Call, challenges: dict[str, Challenge]) -> list[ChallengeApplication]:
    """Two of each challenge by name, and one that stands for the winner whose name was not found."""
    made = []
    for slug, name, has_won in content.FINALISTS_2018:
        note = content.WINNER if has_won else content.FINALIST
        made.append(_application(call, challenges[slug], name, note, has_won))
    unknown = challenges[content.UNKNOWN_2018[0]]
    made.append(_application(call, unknown, content.UNKNOWN_2018[1], content.UNKNOWN_2018[2], True))
    return made


def _application(call: Call, challenge: Challenge, name: str, note: str, has_won: bool) -> ChallengeApplication:
    body = Organisation(name=name, kind="company", registration_number="", governance="", created_at=LAUNCH)
    db.session.add(body)
    db.session.flush()
    startup = Startup(organisation_id=body.id, created_at=LAUNCH, note=content.STARTUP_2018)
    db.session.add(startup)
    db.session.flush()
    made = ChallengeApplication(
        call_id=call.id, challenge_id=challenge.id, startup_id=startup.id, title=content.UNTITLED_2018, created_at=LAUNCH,
        status="matched" if has_won else "unmatched", submitted_at=DEADLINE - timedelta(hours=3), feedback=content.NO_WORDS,
        feedback_at=WINNERS, matched_at=WINNERS if has_won else None, note=note,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def _others(call: Call, challenges: Sequence[Challenge], many: int) -> None:
    """Everybody else is a number: who they were was never published."""
    bodies = db.session.scalars(
        insert(Organisation).returning(Organisation.id),
        [
            {"name": f"Applicant {number} of 2018 (name not published)", "kind": "company", "registration_number": "",
             "governance": "", "created_at": LAUNCH}
            for number in range(1, many + 1)
        ],
    ).all()  # fmt: skip
    startups = db.session.scalars(
        insert(Startup).returning(Startup.id),
        [{"organisation_id": body, "created_at": LAUNCH, "note": content.EXAMPLE} for body in bodies],
    ).all()
    db.session.execute(
        insert(ChallengeApplication),
        [
            {
                "call_id": call.id, "challenge_id": challenges[place % len(challenges)].id, "startup_id": startup,
                "status": "not_shortlisted", "title": content.UNTITLED_2018, "created_at": LAUNCH, "note": content.EXAMPLE,
                "submitted_at": DEADLINE - timedelta(minutes=place + 1), "feedback": content.NO_WORDS, "feedback_at": SHORTLIST,
            }
            for place, startup in enumerate(startups)
        ],
    )  # fmt: skip


def _granted(
    application: ChallengeApplication, challenges: dict[str, Challenge], programme: Programme, cast: Cast, signer: User
) -> None:
    """£15,000 each, decided, agreed and paid through the books; the papers of that time were not found."""
    challenge = next(each for each in challenges.values() if each.id == application.challenge_id)
    startup = db.session.get_one(Startup, application.startup_id)
    body = db.session.get_one(Organisation, startup.organisation_id)
    pot = pot_by_owner(offering.owner_of(programme))
    assert pot is not None
    amounts = Amounts.only("revenue", GRANT)
    proposed = Proposed(
        pot=pot, subject=application.name, title=challenge.title, language="en", recipient=body.name, organisation_id=body.id,
        summary=content.TEST_2018, needs_target=False, note=content.PAPERS,
    )  # fmt: skip
    at = WINNERS - timedelta(days=3)
    decision = decisions.recommend(proposed, Terms(amounts, content.RATIONALE), by=cast.manager, now=at)
    words = "It follows the programme."
    decisions.give_view(decision, view="supports", words=words, language="en", by=cast.consultee, now=at)
    award = decisions.decide(decision, number="MD2286", reasons="", by=cast.approver, source="", now=at)
    awards.announce(award, by=cast.manager, now=WINNERS)
    _paid(award, cast, signer, WINNERS + timedelta(days=20))
    done = london_minute(DEMO_DAY + timedelta(days=60), "10:00")
    awards.publish_outcome(award, text=content.NOT_FOUND, language="en", by=cast.manager, now=done)
    awards.complete(award, by=cast.manager, now=done)
    test = TestGrant(
        application_id=application.id, challenge_id=challenge.id, startup_id=startup.id, award_id=award.id, spending="revenue",
        offered_minor=GRANT.minor, created_by_id=cast.manager.id, created_at=at, status="planned",
    )  # fmt: skip
    db.session.add(test)
    db.session.flush()
    test.started_at = WINNERS + timedelta(days=20)
    advance(test, "start", by=cast.manager, now=test.started_at)
    step = Milestone(
        test_id=test.id, position=1, title="A test with the partner", evidence=content.NOT_FOUND, due_on=DEMO_DAY,
        amount_minor=GRANT.minor, instalment_id=award_queries.instalments_of(award.id)[0].id,
    )  # fmt: skip
    db.session.add(step)
    db.session.flush()
    advance(step, "hand_in", by=cast.manager, now=done)
    step.signed_off_at, step.signed_off_as = done, "Name not recorded"
    advance(step, "sign_off", by=cast.manager, now=done)
    test.ended_at = done
    advance(test, "finish", by=cast.manager, now=done)


def _paid(award: Award, cast: Cast, signer: User, now: datetime) -> None:
    part = Planned("The whole grant", award.amounts, now.date())
    instalments.plan(award, [part], language="en", by=cast.manager, now=now)
    agreement = agreements.draft(award, text=content.PAPERS, language="en", by=cast.manager, now=now)
    agreements.offer(agreement, by=cast.manager, now=now)
    agreements.sign_for_recipient(agreement, Signer(signer, "Name not recorded", "For the startup"), now=now)
    agreements.sign_for_authority(agreement, Signer(cast.approver, "Name not recorded", "For the authority"), now=now)
    for each in award_queries.instalments_of(award.id):
        instalments.instruct(each, by=cast.manager, now=now)
        bank = f"EXAMPLE-{each.id:06}"
        instalments.pay(each, paid_on=now.date(), bank_reference=bank, by=cast.finance, now=now)


def _unknown(application: ChallengeApplication, cast: Cast) -> None:
    """What came of it after 6, 12 and 24 months was looked for and not found."""
    ended = WINNERS + timedelta(days=90)
    for each in outcomes.plan(application.id, now=ended):
        at = london_minute(each.ask_on, "09:00")
        outcomes.move(each, "close", why=content.NOT_FOUND, by=cast.manager, now=at)
