"""Proof (money.md P13): money that goes back while the organisation is being paid is never paid out as well."""

import sqlalchemy as sa

from civic.accounts.models import User
from civic.core.db import db, transaction
from civic.core.errors import CivicError
from civic.core.money import GBP, Money
from civic.crowdfund.actions import settlement
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries import settlement as queries
from civic.payments.actions import refunds, transfers
from civic.payments.models import Charge, Transfer
from tests.crowdfund.street import street
from tests.crowdfund.test_proof_closing import at_once


def test_refunds_race_the_payment_to_the_organisation(shared, make, now):
    with shared.test_request_context("/en/", method="POST"):
        shared.preprocess_request()
        with street(shared, make, now) as here:
            campaign = here.campaign(target=GBP(60))
            for _ in range(6):
                here.pledge(campaign, GBP(10))
            here.to_the_close(campaign)
            here.minutes()
            here.world.advance(days=8)
            charges = list(db.session.scalars(sa.select(Charge.id)))
            campaign_id, people = campaign.id, [here.officer.id, here.second.id, here.third.id]
            at = here.now()
            db.session.rollback()

            def act(number: int) -> None:
                kind, which = number % 3, number // 3
                try:
                    with transaction():
                        officer, second, third = (db.session.get_one(User, each) for each in people)
                        if kind == 0:
                            charge = db.session.get_one(Charge, charges[which])
                            refund = refunds.request(charge, GBP(5), why="Asked", by=officer, now=at)
                            refunds.approve(refund, by=second, now=at)
                        elif kind == 1:
                            settlement.move_on(campaign_id, at)
                        else:
                            waiting = sa.select(Transfer).where(Transfer.status == "requested").limit(1)
                            if transfer := db.session.scalars(waiting).first():
                                transfers.release(transfer, by=third, now=at)
                except CivicError:
                    pass  # an expected no

            at_once(shared, 18, act)
            db.session.expire_all()
            here.minutes(6)
            with transaction():
                waiting = [each for each in queries.transfers_of(campaign_id) if each.status == "requested"]
            if waiting:
                here.release(campaign)
            here.minutes(6)
            assert here.state(campaign) == "funded"
            with transaction():
                books = queries.books(campaign_id)
                sent = [each for each in queries.transfers_of(campaign_id) if each.status == "sent"]
            assert len(sent) == 1
            assert books.collected == GBP(30)
            assert books.owed == Money(0)
            here.is_in_order()
            assert db.session.get_one(Campaign, campaign_id) is not None
