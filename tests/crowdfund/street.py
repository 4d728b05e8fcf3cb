"""A street where a campaign is lived through: backers with cards, an organisation, a provider with a clock, and the minute's jobs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import sqlalchemy as sa
from flask import Flask

from civic.core import clock, jobs
from civic.core.db import db, transaction
from civic.core.money import GBP, Money
from civic.crowdfund import jobs as crowdfund_jobs
from civic.crowdfund.actions import totals
from civic.crowdfund.checks import CHECKS
from civic.crowdfund.models import Campaign, OfflinePledge, Pledge, PledgeConsent
from civic.crowdfund.queries import figures
from civic.ledger.queries import balance
from civic.payments import checkpoints, inbox
from civic.payments.actions import payees, transfers
from civic.payments.checks import all_of_money
from civic.payments.engine import copying, paying, run
from civic.payments.engine.pace import Pace
from civic.payments.models import Charge, PaymentMethod, Transfer, WebhookEvent
from civic.payments.sandbox.models import SandboxMethod
from tests.make import Make
from tests.payments.worlds import Card, World
from tests.payments.worlds_sandbox import SandboxWorld

NOTHING, USUAL, TARGET = GBP(0), GBP(50), GBP(100)


class Street:
    """Everything around one campaign, at the time of the provider's world, which is ours too."""

    def __init__(self, app: Flask, world: World, make: Make):
        self.app, self.world, self.make, self.ticks = app, world, make, 0.0
        self.officer, self.second, self.third = (make.staff("finance_officer", "funds_officer") for _ in range(3))
        self.facts = {"provider": world.provider.name, "mode": world.provider.mode}
        db.session.commit()

    def now(self) -> datetime:
        """The time."""
        return self.world.now

    def sleep(self, seconds: float) -> None:
        """Nobody waits."""
        self.ticks += seconds

    # What people do.

    def campaign(self, *, target: Money = TARGET, registered: bool = True, **facts: Any) -> Campaign:
        """A live campaign that closes in a day, of an organisation that may be paid."""
        closes_at = facts.pop("closes_at", self.now() + timedelta(days=1))
        with transaction():
            campaign = self.make.campaign("live", target=target, closes_at=closes_at, **facts)
        if registered:
            self.register(campaign)
        return campaign

    def register(self, campaign: Campaign) -> None:
        """The organisation finishes its registration with the provider."""
        account = self.world.organisation(f"organisation:{campaign.organisation_id}")
        status = self.world.provider.payee_status(account)
        with transaction():
            payees.take_in(campaign.organisation_id, status, now=self.now(), **self.facts)

    def pledge(
        self, campaign: Campaign, amount: Money = USUAL, *, tip: Money = NOTHING, card: Card = "success", **facts: Any
    ) -> Pledge:
        """A promise that stands, with a saved card that behaves so when it is charged."""
        number = self.make.number()
        customer, method = self.world.saved_card(card)
        with transaction():
            saved = PaymentMethod(
                customer_id=customer, provider_id=method, brand="visa", last4="4242", exp_month=12, exp_year=2034,
                country="GB", fingerprint=f"f{number}", authenticated=True, created_at=self.now(), **self.facts,
            )  # fmt: skip
            db.session.add(saved)
            db.session.flush()
            pledge = Pledge(
                public_id=f"{number:032x}", campaign_id=campaign.id, email=f"backer{number}@example.org", language="en",
                amount_minor=amount.minor, tip_minor=tip.minor, is_anonymous=True, status="authorised",
                payment_method_id=saved.id, created_at=self.now(), authorised_at=self.now(),
            )  # fmt: skip
            for name, value in facts.items():
                setattr(pledge, name, value)
            db.session.add(pledge)
            db.session.flush()
            db.session.add(
                PledgeConsent(
                    pledge_id=pledge.id,
                    amount_minor=amount.minor,
                    tip_minor=tip.minor,
                    text="I promise.",
                    text_version="1",
                    language="en",
                    given_at=self.now(),
                    ip="",
                    user_agent="",
                )
            )
            if pledge.payment_method_id is not None:
                self.make.card_setup(
                    reference=f"pledge:{pledge.public_id}",
                    amount_minor=pledge.total.minor,
                    customer_id=customer,
                    payment_method_id=saved.id,
                    status="succeeded",
                    **self.facts,
                )
            totals.follow(pledge, {})
        return pledge

    def offline(self, campaign: Campaign, amount: Money) -> OfflinePledge:
        """Cash that staff have counted."""
        from civic.core.files import StoredFile

        with transaction():
            proof = StoredFile(
                key=f"proof{self.make.number()}", name="list.pdf", media_type="application/pdf", size=1, sha256="", is_public=False,
                created_at=self.now(), data=b"x",
            )  # fmt: skip
            db.session.add(proof)
            db.session.flush()
            cash = OfflinePledge(
                campaign_id=campaign.id, method="cash", amount_minor=amount.minor, is_anonymous=True, status="counted",
                evidence_id=proof.id, recorded_by_id=self.officer.id, confirmed_by_id=self.second.id, received_on=self.now(),
                created_at=self.now(),
            )  # fmt: skip
            db.session.add(cash)
            totals.add(campaign.id, offline_minor=amount.minor, offline_backers=1)
        return cash

    def mend(self, pledge: Pledge, kind: str = "works") -> None:
        """Somebody puts money into the account: the same card behaves differently from now on."""
        card_id = self.again(pledge).payment_method_id
        with transaction():
            name = db.session.get_one(PaymentMethod, card_id).provider_id
        self.world.provider.play(lambda s, now: setattr(s.get(SandboxMethod, name), "card", kind))  # type: ignore[attr-defined]

    # What the clock brings.

    def minute(self, *, charge: bool = True) -> None:
        """One minute of the house: its jobs, the run of charges, announcements, refunds and transfers, the provider's account."""
        db.session.commit()  # what pages did meanwhile stands inside no savepoint that a job might undo
        crowdfund_jobs.take_steps()
        if charge:
            run.work(threads=1)
        self.do_jobs(but="" if charge else "payments.run_charges")
        paying.pay_back_due(self.now)
        paying.pay_out_due(self.now)
        paying.call_back_due(self.now)
        copying.copy(self.now())
        self.world.advance(60)

    def minutes(self, count: int = 4) -> None:
        """Some of them, so that what follows from each other follows."""
        for _ in range(count):
            self.minute()

    def later(self, **by: int) -> None:
        """Let time pass, and then some minutes."""
        self.world.advance(**by)
        self.minutes()

    def to_the_close(self, campaign: Campaign) -> None:
        """The deadline has come."""
        self.until(self.again(campaign).closes_at)

    def to_the_end_of_grace(self, campaign: Campaign) -> None:
        """The time to put cards right is over."""
        self.until(self.again(campaign).grace_until)

    def until(self, moment: datetime) -> None:
        """Go to a moment."""
        self.world.advance(max(0, int((moment - self.now()).total_seconds())))

    def do_jobs(self, but: str = "") -> int:
        """Everything that waits and is due by our clock, but for one kind."""
        done = 0
        due = sa.text(
            "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo' "
            "AND (scheduled_at IS NULL OR scheduled_at <= :now) AND task_name <> :but ORDER BY id LIMIT 1"
        )
        while row := db.session.execute(due, {"now": self.now(), "but": but}).first():
            db.session.execute(sa.text("DELETE FROM procrastinate_jobs WHERE id = :id"), {"id": row.id})
            db.session.commit()
            arguments = json.loads(row.args) if isinstance(row.args, str) else row.args
            jobs.queue.tasks[row.task_name].func(**arguments)
            done += 1
            db.session.rollback()
        return done

    def hear(self) -> None:
        """What the provider announced since the last time reaches us."""
        for raw, headers, connect in self.world.deliveries():
            event = self.world.provider.verify_event(raw, headers, connect=connect)
            with transaction():
                inbox.receive(self.world.provider, event, now=self.now())
        self.do_jobs()
        with transaction():
            waiting = sa.select(WebhookEvent.id).where(WebhookEvent.status.in_(("received", "failed")))
            rows = list(db.session.scalars(waiting.order_by(WebhookEvent.id)))
        for row in rows:
            inbox.handle(row, now=self.now())

    def crash(self, at: str) -> bool:
        """Let the house die at a named place within a minute; False where it never came by."""
        checkpoints.crash_at = at
        try:
            self.minute()
        except checkpoints.Crash:
            return True
        finally:
            checkpoints.crash_at = ""
            db.session.info["in_transaction"] = False
            db.session.rollback()
        return False

    def release(self, campaign: Campaign) -> None:
        """A finance officer releases the payment to the organisation."""
        with transaction():
            asked = sa.select(Transfer).where(
                Transfer.group == f"campaign:{campaign.id}", Transfer.status == "requested"
            )
            transfers.release(db.session.scalars(asked).one(), by=self.third, now=self.now())
        self.minutes(2)

    # What can be seen.

    def again(self, row: Any) -> Any:
        """The row as it stands in the database now."""
        with transaction():
            return db.session.get_one(type(row), row.id, populate_existing=True)

    def state(self, campaign: Campaign) -> str:
        """Where the campaign stands."""
        return str(self.again(campaign).status)

    def states(self, *pledges: Pledge) -> list[str]:
        """Where pledges stand."""
        return [self.again(each).status for each in pledges]

    def charge_of(self, pledge: Pledge) -> Charge:
        """The latest charge of a pledge."""
        with transaction():
            return self.charge_row(pledge)

    def charge_row(self, pledge: Pledge) -> Charge:
        """The same, for whoever is in a transaction already."""
        mine = sa.select(Charge).where(Charge.reference == f"pledge:{pledge.public_id}").order_by(Charge.id.desc())
        return db.session.scalars(mine.limit(1).execution_options(populate_existing=True)).one()

    def owed(self, campaign: Campaign) -> Money:
        """What the books say is owed to the organisation."""
        with transaction():
            return -balance(f"campaign:{campaign.id}")

    def collected(self, campaign: Campaign) -> Money:
        """What the page says was collected."""
        with transaction():
            return figures.figures(campaign).collected

    def taken(self) -> int:
        """The pence really taken, as the provider counts."""
        return sum(self.world.taken().values())

    def problems(self) -> list[str]:
        """Everything that is not true of campaigns, pledges and money."""
        with transaction():
            found = [each for check in CHECKS for each in check()]
            return [*found, *totals.wrong_totals(), *all_of_money()]

    def is_in_order(self) -> None:
        """Nothing is wrong, and the provider never took twice for one charge."""
        assert self.problems() == []
        with transaction():
            amounts = dict(db.session.execute(sa.select(Charge.id, Charge.amount_minor)).all())
        for reference, pence in self.world.taken().items():
            assert pence == amounts[int(reference.removeprefix("charge:"))], f"{reference} was taken twice"


class Loud:
    """A log that lets nothing be logged and forgotten."""

    def exception(self, event: str, **facts: Any) -> None:
        """What went wrong goes on going wrong."""
        raise


@contextmanager
def street(app: Flask, make: Make, now: datetime, world: World | None = None) -> Iterator[Street]:
    """A street of a test's own."""
    world = world or SandboxWorld(app, now)
    made = Street(app, world, make)
    kept = {name: app.extensions.pop(name, None) for name in ("payments", "payments_pace")}
    pace = Pace(1000.0, clock=lambda: made.ticks, sleep=made.sleep)
    app.extensions.update(payments=world.provider, payments_pace=pace)
    with mock.patch.object(clock, "now", made.now), mock.patch.object(crowdfund_jobs, "log", Loud()):
        yield made
    for name, thing in kept.items():
        app.extensions.pop(name)
        if thing is not None:
            app.extensions[name] = thing
