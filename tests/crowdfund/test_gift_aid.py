"""Gift Aid: declared by the backer, claimed by the charity for what stays taken, forgotten in time."""

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from civic.core.audit import AuditEntry
from civic.core.db import db
from civic.core.money import GBP, Money
from civic.crowdfund.actions import erasure
from civic.crowdfund.actions import gift_aid as actions
from civic.crowdfund.models import GiftAidDeclaration, Pledge, PledgeConsent
from civic.crowdfund.queries import gift_aid as queries
from civic.crowdfund.queries.pledges import pledge_by_public_id
from civic.crowdfund.rules import choices
from civic.crowdfund.rules import gift_aid as rules
from civic.crowdfund.rules.gift_aid import Donor
from civic.privacy.queries import rows_about
from tests.make_pledges import ADA

USUAL = GBP(25)
YEARS = timedelta(days=6 * 366)


@pytest.fixture
def charity(in_request, make):
    """A campaign of a charity that claims Gift Aid."""
    return make.campaign("funded", gift_aid=True)


def given_to(make, campaign, *, status="collected", amount=USUAL, donor=ADA, **facts) -> Pledge:
    """A donation that was taken, with its declaration."""
    pledge = make.pledge(campaign, status=status, amount=amount, **facts)
    make.charge(reference=f"pledge:{pledge.public_id}", amount=pledge.total, status="succeeded")
    make.declaration(pledge, donor)
    return pledge


class TestDeclaring:
    def test_name_and_address_are_not_readable_in_the_database(self, make, charity):
        declaration = make.declaration(make.pledge(charity))
        stored = " ".join(str(value) for value in vars(declaration).values())
        assert not any(word in stored for word in ("Lovelace", "Rye Lane", "SE15"))
        assert queries.donor_of(declaration) == ADA

    def test_it_holds_everything_the_law_asks_for(self, make, charity):
        declaration = make.declaration(make.pledge(charity))
        assert declaration.charity == charity.organisation.name
        said = ("Gift Aid", "this pledge", "my own money", "Income Tax", "Capital Gains Tax", "pay the difference")
        for part in (charity.organisation.name, *said):
            assert part in declaration.wording
        assert declaration.wording_version == rules.WORDING_VERSION

    def test_only_a_charitys_campaign_has_it(self, in_request, make, now):
        campaign = make.campaign("live", gift_aid=False)
        with pytest.raises(actions.NoGiftAid):
            actions.redeclare(make.pledge(campaign), campaign, ADA, now=now)

    def test_declaring_again_replaces_what_stood_there(self, make, now, charity):
        pledge = make.pledge(charity)
        make.declaration(pledge)
        actions.redeclare(pledge, charity, Donor("", "Grace", "Hopper", "1 Elm Row", "NW3 1AA"), now=now)
        assert queries.donor_of(db.session.scalars(select(GiftAidDeclaration)).one()).last_name == "Hopper"

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("se154qn", "SE15 4QN"),
            ("SE15 4QN", "SE15 4QN"),
            ("ec1a 1bb", "EC1A 1BB"),
            ("W1A0AX", "W1A 0AX"),
            ("nowhere", None),
            ("", None),
            ("SE15", None),
        ],
    )
    def test_a_postcode_is_kept_in_one_way(self, typed, kept):
        assert rules.postcode(typed) == kept


class TestClaiming:
    def test_the_schedule_has_hmrcs_columns_and_only_what_stays_taken(self, make, now, charity):
        given_to(make, charity, tip=GBP(2))
        given_to(make, charity, status="refunded", collected_minor=0)
        given_to(make, charity, status="disputed")
        given_to(make, charity, status="partly_refunded", collected_minor=1000)
        make.declaration(make.pledge(charity, status="dropped"))
        make.pledge(charity, status="collected")
        rows = actions.export(charity, again=False, by=make.member(), now=now)
        assert rows[0] == ("Title", "First name", "Last name", "House name or number", "Postcode", "Donation date", "Amount")  # fmt: skip
        assert rows[1:] == [
            ("Ms", "Ada", "Lovelace", "12 Rye Lane", "SE15 4QN", "23/11/26", "25.00"),
            ("Ms", "Ada", "Lovelace", "12 Rye Lane", "SE15 4QN", "23/11/26", "10.00"),
        ]

    def test_what_was_taken_for_a_claim_is_not_listed_as_new_again(self, make, now, charity):
        given_to(make, charity)
        by = make.member()
        assert len(actions.export(charity, again=False, by=by, now=now)) == 2
        assert len(actions.export(charity, again=False, by=by, now=now)) == 1
        assert len(actions.export(charity, again=True, by=by, now=now + timedelta(days=1))) == 2
        first = db.session.scalars(select(GiftAidDeclaration.exported_at)).one()
        assert first == now  # the six years run from the first claim

    def test_every_download_is_on_record_without_a_name(self, make, now, charity):
        given_to(make, charity)
        actions.export(charity, again=False, by=make.member(), now=now)
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "export_gift_aid")).one()
        assert entry.after == {"lines": 1, "again": False}

    def test_a_cancelled_declaration_is_claimed_no_more(self, make, now, charity):
        pledge = given_to(make, charity)
        actions.export(charity, again=False, by=make.member(), now=now)
        actions.withdraw(queries.declaration_of(pledge), now=now)
        assert list(queries.claims_of(charity, again=True)) == []
        assert [each[1] for each in queries.no_longer_claimable(charity)] == [pledge]

    @given(
        status=st.sampled_from(choices.PLEDGE_STATES),
        amount=st.integers(100, 10**6),
        tip=st.integers(0, 10**5),
        back=st.integers(0, 2 * 10**6),
        is_cancelled=st.booleans(),
        is_charity=st.booleans(),
    )
    def test_the_claimable_is_what_was_taken_less_given_back_of_a_charity_with_a_declaration(
        self, status, amount, tip, back, is_cancelled, is_charity
    ):
        collected = max(amount + tip - back, 0)
        claim = rules.claimable(
            status, collected_minor=collected, tip_minor=tip, is_cancelled=is_cancelled, is_charity=is_charity
        )
        stands = status in ("collected", "partly_refunded") and is_charity and not is_cancelled
        assert claim == Money(max(amount - back, 0) if stands else 0)


class TestForgetting:
    @pytest.mark.parametrize("status", ["released", "dropped", "cancelled", "abandoned", "refused", "refunded"])
    def test_what_is_never_claimed_is_erased(self, make, now, charity, status):
        make.declaration(make.pledge(charity, status=status))
        assert actions.forget(now) == 1

    @pytest.mark.parametrize(
        "status", ["authorised", "charging", "past_due", "collected", "partly_refunded", "disputed"]
    )
    def test_what_may_still_be_claimed_is_kept(self, make, now, charity, status):
        make.declaration(make.pledge(charity, status=status))
        assert actions.forget(now) == 0

    def test_what_was_claimed_is_kept_for_six_years_even_when_it_was_refunded(self, make, now, charity):
        make.declaration(make.pledge(charity, status="refunded"), exported_at=now)
        assert actions.forget(now + YEARS - timedelta(days=1)) == 0
        assert actions.forget(now + YEARS) == 1

    def test_a_donor_who_cancels_before_a_claim_is_forgotten_at_once(self, make, now, charity):
        pledge = given_to(make, charity)
        actions.withdraw(queries.declaration_of(pledge), now=now)
        assert queries.declaration_of(pledge) is None

    def test_from_where_people_agreed_is_forgotten_after_eighteen_months_and_the_words_stay(self, make, now, charity):
        make.pledge(charity, status="collected")
        assert erasure.forget_evidence(now + timedelta(days=547)) == 0
        assert erasure.forget_evidence(now + timedelta(days=549)) == 1
        consent = db.session.scalars(select(PledgeConsent)).one()
        assert (consent.ip, consent.user_agent, consent.text) == ("", "", "I promise it.")


class TestErasingSomebody:
    def test_the_books_and_the_six_years_stay_and_the_rest_goes(self, make, now, charity):
        ada = make.member()
        shown = {"by": ada, "is_anonymous": False, "shown_name": "Ada", "message": "Good luck"}
        claimed, unclaimed = given_to(make, charity, **shown), given_to(make, charity, **shown)
        queries.declaration_of(claimed).exported_at = now
        live = make.campaign("live")
        standing, unsaved = make.pledge(live, **shown), make.pledge(live, status="awaiting_card", **shown)
        ids = [each.public_id for each in (claimed, unclaimed, standing, unsaved)]
        assert erasure.forget_backer(ada, now) == 4
        db.session.expire_all()
        left = [pledge_by_public_id(each) for each in ids]
        assert {(each.user_id, each.email, each.shown_name, each.message, each.is_anonymous) for each in left} == {
            (None, "", "", "", True)
        }
        assert [each.status for each in left] == ["collected", "collected", "cancelled", "cancelled"]
        assert [each.collected_minor for each in left] == [2500, 2500, 0, 0]
        assert queries.declaration_of(claimed) is not None
        assert queries.declaration_of(unclaimed) is None
        evidence = {each.pledge_id: each.ip for each in db.session.scalars(select(PledgeConsent))}
        assert [evidence[each.id] != "" for each in left] == [True, True, False, False]

    def test_nobody_else_is_touched(self, make, now, charity):
        other = make.pledge(charity, by=make.member(), email="x")
        assert erasure.forget_backer(make.member(), now) == 0
        assert other.user_id is not None


def test_the_charitys_page_and_file_are_for_its_people_alone(make, client, charity):
    given_to(make, charity, donor=Donor("Ms", "=HYPERLINK(1)", "Lovelace", "12 Rye Lane", "SE15 4QN"))
    owner = charity.organisation
    path = f"/en/campaigns/{charity.slug}/gift-aid"
    assert client.get(path).status in (302, 303)
    make.sign_in(client, make.member())
    assert client.get(path).status == 404
    assert client.post(f"{path}/exports").status == 404
    boss = make.organisation(name=owner.name)  # another organisation of the same name opens no door
    assert boss.id != owner.id
    make.sign_in(client, make.staff("finance_officer"))
    assert client.get(path).status == 404


def test_the_file_opens_as_text_in_a_spreadsheet(in_request, make, client):
    owner = make.member()
    campaign = make.campaign("funded", gift_aid=True, owner=owner)
    given_to(make, campaign, donor=Donor("Ms", "=HYPERLINK(1)", "Lovelace", "12 Rye Lane", "SE15 4QN"))
    make.sign_in(client, owner)
    page = client.get(f"/en/campaigns/{campaign.slug}/gift-aid")
    assert "You can claim for 1 new donation of £25" in page.text
    answer = client.submit("Download the new donations (CSV)")
    rows = list(csv.reader(io.StringIO(answer.response.get_data().decode("utf-8-sig"))))
    assert rows[1][1] == "'=HYPERLINK(1)"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "nothing new" in client.get(f"/en/campaigns/{campaign.slug}/gift-aid").text


def test_one_takes_ones_own_declaration_away_opened_and_nobody_elses(in_request, make, app, charity):
    ada, eve = make.member(), make.member()
    given_to(make, charity, by=ada)
    given_to(make, charity, by=make.member())
    cards = {card.model: card for card in app.extensions["civic"].personal_data}
    mine = list(rows_about(cards[GiftAidDeclaration], ada.id))
    assert [(each["last_name"], each["postcode"]) for each in mine] == [("Lovelace", "SE15 4QN")]
    assert list(rows_about(cards[GiftAidDeclaration], eve.id)) == list(rows_about(cards[PledgeConsent], eve.id)) == []
