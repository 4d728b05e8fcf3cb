"""Eight people at the same moment: each comment gets a number of its own, one follow is one follow, and the sums agree."""

import pytest
import sqlalchemy as sa

from civic.core.db import db, transaction
from civic.core.errors import CivicError
from civic.crowdfund.actions import talk as actions
from civic.crowdfund.actions import totals
from civic.crowdfund.models import BackerMessage, CampaignComment, CampaignTotal
from tests.accounts.helpers import at_once
from tests.crowdfund.test_talk import backed

EIGHT = 8


@pytest.fixture
def campaign(shared, make):
    made = make.campaign("live")
    db.session.commit()
    return made


def in_threads(app, act):
    """Do `act(n)` in eight threads of their own at once; what each came to."""

    def alone(n):
        with app.app_context():
            try:
                with transaction():
                    act(n)
                return "done"
            except CivicError as refused:
                return type(refused).__name__

    return at_once(EIGHT, alone)


def test_eight_comments_at_once_are_numbered_one_to_eight(app, campaign, make, now):
    people = [make.member() for _ in range(EIGHT)]
    db.session.commit()
    words = {"language": "en", "is_organiser": False, "now": now}
    found = in_threads(app, lambda n: actions.comment(campaign, text=f"word {n}", by=people[n], **words))
    assert found == ["done"] * EIGHT
    db.session.expire_all()
    assert sorted(db.session.scalars(sa.select(CampaignComment.position))) == list(range(1, EIGHT + 1))
    assert db.session.get(CampaignTotal, campaign.id).comments == EIGHT


def test_one_comment_sent_eight_times_at_once_stands_once(app, campaign, make, now):
    fan = make.member()
    db.session.commit()
    words = {"language": "en", "is_organiser": False, "now": now, "by": fan}
    found = in_threads(app, lambda n: actions.comment(campaign, text="Lovely", **words))
    assert sorted(found) == ["SaidBefore"] * 7 + ["done"]
    assert list(totals.wrong_totals()) == []


def test_following_eight_times_at_once_is_following_once(app, campaign, make, now):
    fan = make.member()
    db.session.commit()
    in_threads(app, lambda n: actions.follow(campaign, by=fan, now=now))
    db.session.expire_all()
    assert db.session.get(CampaignTotal, campaign.id).follows == 1


def test_of_eight_messages_at_once_two_are_sent(app, campaign, make, now):
    owner = make.member()
    backed(campaign, "a@example.org", now=now)
    db.session.commit()
    words = {"subject": "s", "text": "t", "language": "en", "by": owner, "now": now}
    found = in_threads(app, lambda n: actions.write_to_backers(campaign, **words))
    assert sorted(found) == ["TooManyMessages"] * 6 + ["done"] * 2
    assert db.session.scalar(sa.select(sa.func.count()).select_from(BackerMessage)) == 2
