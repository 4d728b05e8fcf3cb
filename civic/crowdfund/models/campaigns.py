"""A campaign and what its page is made of."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, Numeric, SmallInteger, UniqueConstraint, event
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from civic.accounts.models import Organisation
from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.core.files import StoredFile
from civic.core.money import Money
from civic.core.search import configurations_sql
from civic.crowdfund.rules.choices import FUNDING_KINDS, KINDS, PLACE_KINDS, SPENDINGS, STATES


class Campaign(Model):
    """A project that asks Londoners for money, all or nothing; target and costs are fixed when it goes live."""

    __tablename__ = "campaign"
    TRANSITIONS = {
        ("draft", "submit"): "in_review",
        ("in_review", "return"): "draft",
        ("in_review", "recall"): "draft",
        ("in_review", "approve"): "live",
        ("live", "reach"): "collecting",
        ("live", "expire"): "failed",
        ("collecting", "settle"): "paying",
        ("collecting", "fall_short"): "shortfall",
        ("shortfall", "extend"): "collecting",
        ("shortfall", "pay_out"): "paying",
        ("shortfall", "refund"): "refunding",
        ("refunding", "finish"): "failed",
        ("paying", "pay"): "funded",
        ("funded", "deliver"): "delivered",
        ("draft", "withdraw"): "withdrawn",
        ("in_review", "withdraw"): "withdrawn",
        ("live", "withdraw"): "withdrawn",
    }

    id: Mapped[int] = id_column()
    slug: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str] = mapped_column(default="draft")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    language: Mapped[str] = mapped_column(default="en")

    title: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")  # one plain sentence
    story: Mapped[str] = mapped_column(default="")  # Markdown
    team: Mapped[str] = mapped_column(default="")  # Markdown
    kind: Mapped[str] = mapped_column(default="")
    impacts: Mapped[list[str]] = mapped_column(default=list)
    impact_story: Mapped[str] = mapped_column(default="")
    borough: Mapped[str | None]  # GSS
    place_kind: Mapped[str] = mapped_column(default="borough")
    place: Mapped[str] = mapped_column(default="")  # address, or the name of the area
    postcode: Mapped[str] = mapped_column(default="")
    latitude: Mapped[Decimal | None] = mapped_column(Numeric(8, 5))
    longitude: Mapped[Decimal | None] = mapped_column(Numeric(8, 5))
    permissions: Mapped[str] = mapped_column(default="")
    risks: Mapped[str] = mapped_column(default="")
    too_much: Mapped[str] = mapped_column(default="")  # what happens if more is raised (Code of Fundraising Practice)
    too_little: Mapped[str] = mapped_column(default="")  # … if the purpose can no longer be met

    currency: Mapped[str] = mapped_column(default="GBP")
    collection_mode: Mapped[str] = mapped_column(default="deferred")
    # The sum of the costs when it was submitted; the database refuses to change it once live (trigger below).
    target_minor: Mapped[int] = mapped_column(default=0)
    gift_aid: Mapped[bool] = mapped_column(default=False)  # the organisation is a charity and claims it
    closes_at: Mapped[datetime | None]

    # The published policy, copied from the settings when it went live.
    grace_days: Mapped[int] = mapped_column(SmallInteger, default=7)
    minimum_percent: Mapped[int] = mapped_column(SmallInteger, default=95)
    platform_fee_bps: Mapped[int] = mapped_column(SmallInteger, default=0)  # hundredths of a percent

    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    grace_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    # What counted at the closing instant, in pence.
    pledged_at_close_minor: Mapped[int | None]
    offline_at_close_minor: Mapped[int | None]
    funds_at_close_minor: Mapped[int | None]
    match_at_close_minor: Mapped[int | None]
    # A project of the past that was loaded with its sums alone; it has no pledges here.
    imported_from: Mapped[str] = mapped_column(default="")
    external_key: Mapped[str | None] = mapped_column(unique=True)
    figures_note: Mapped[str] = mapped_column(default="")  # which figures are known and which are examples
    cover_id: Mapped[int | None] = mapped_column(
        ForeignKey("campaign_picture.id", use_alter=True, name="fk_campaign_cover_id", ondelete="SET NULL"), index=True
    )
    version: Mapped[int] = mapped_column(default=1)
    # What is found when somebody searches; written by the database itself (trigger below).
    words: Mapped[str | None] = deferred(mapped_column(TSVECTOR))

    organisation: Mapped[Organisation] = relationship(lazy="raise")
    costs: Mapped[list["CampaignCost"]] = relationship(lazy="raise", order_by="CampaignCost.position")
    fundings: Mapped[list["CampaignFunding"]] = relationship(lazy="raise", order_by="CampaignFunding.id")
    milestones: Mapped[list["Milestone"]] = relationship(lazy="raise", order_by="Milestone.position")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("status", STATES),
        one_of("place_kind", PLACE_KINDS),
        CheckConstraint("kind = '' OR kind IN ({})".format(", ".join(f"'{each}'" for each in KINDS)), name="kind"),
        CheckConstraint("currency = 'GBP'", name="currency"),
        CheckConstraint("collection_mode IN ('deferred')", name="collection_mode"),
        CheckConstraint("target_minor >= 0", name="target"),
        CheckConstraint("minimum_percent BETWEEN 0 AND 100 AND grace_days BETWEEN 1 AND 30", name="policy"),
        CheckConstraint(
            "status IN ('draft', 'in_review', 'withdrawn') OR (target_minor > 0 AND opened_at IS NOT NULL AND closes_at IS NOT NULL)",
            name="live",
        ),
        Index(
            "ix_campaign_closing",
            "closes_at",
            "id",
            postgresql_where="status = 'live'",
            postgresql_include=["borough", "kind"],
        ),
        # How many are where is counted from the index alone.
        Index("ix_campaign_public", "status", "opened_at", "id", postgresql_include=["borough", "kind"]),
        Index("ix_campaign_opened", "opened_at", "id"),
        Index("ix_campaign_borough", "borough", "opened_at", "id"),
        Index("ix_campaign_words", "words", postgresql_using="gin", postgresql_where="opened_at IS NOT NULL"),
    )

    @property
    def target(self) -> Money:
        """What must be reached for anything to be taken."""
        return Money(self.target_minor, self.currency)

    def is_open(self, now: datetime) -> bool:
        """Whether pledges are taken at this moment."""
        return self.status == "live" and self.closes_at is not None and now < self.closes_at

    def is_public(self) -> bool:
        """Whether everybody may see it: from its launch on."""
        return self.opened_at is not None


class CampaignTotal(Model):
    """Kept sums of a campaign, in pence and heads, written in the same transaction as what they count."""

    __tablename__ = "campaign_total"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True)
    pledged_minor: Mapped[int] = mapped_column(default=0)  # standing card pledges, without tips
    backers: Mapped[int] = mapped_column(default=0)  # standing card pledges
    offline_minor: Mapped[int] = mapped_column(default=0)
    offline_backers: Mapped[int] = mapped_column(default=0)
    funds_minor: Mapped[int] = mapped_column(default=0)  # evidenced money raised before
    in_kind_minor: Mapped[int] = mapped_column(default=0)  # evidenced gifts in kind
    match_minor: Mapped[int] = mapped_column(default=0)  # the Mayor's pledge and other funds
    collected_minor: Mapped[int] = mapped_column(default=0)  # taken from cards for the campaign, less refunds
    collected: Mapped[int] = mapped_column(default=0)  # backers whose card was charged
    past_due_minor: Mapped[int] = mapped_column(default=0)
    past_due: Mapped[int] = mapped_column(default=0)
    dropped_minor: Mapped[int] = mapped_column(default=0)
    dropped: Mapped[int] = mapped_column(default=0)
    comments: Mapped[int] = mapped_column(default=0)
    updates: Mapped[int] = mapped_column(default=0)
    follows: Mapped[int] = mapped_column(default=0)
    # Share of the target reached, in hundredths of a percent, for "nearly there"; written with the sums.
    reached_bps: Mapped[int] = mapped_column(default=0)
    __table_args__ = (Index("ix_campaign_total_reached", "reached_bps", "campaign_id"),)

    @property
    def counted(self) -> Money:
        """Everything that counts towards the target (rules.progress says why)."""
        return Money(self.pledged_minor + self.offline_minor + self.funds_minor + self.in_kind_minor + self.match_minor)


class CampaignMatch(Model):
    """Money of a funder that counts towards the target: the Mayor's pledge, or what a match formula has come to."""

    __tablename__ = "campaign_match"
    id: Mapped[int] = id_column()
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    kind: Mapped[str]  # award: somebody decided it; formula: a rule works it out
    source: Mapped[str]  # what it comes from, by its name there: "award:12", "scheme:3:7"
    key: Mapped[str]  # what its own page is found by
    funder: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")  # of the funder's name
    amount_minor: Mapped[int]
    # What was released stays on record and counts no more.
    is_standing: Mapped[bool] = mapped_column(default=True)
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("campaign_id", "source"),
        one_of("kind", ("award", "formula")),
        CheckConstraint("amount_minor >= 0", name="amount"),
        CheckConstraint("is_standing = (ended_at IS NULL)", name="ended"),
        Index("ix_campaign_match_source", "source"),
    )

    @property
    def amount(self) -> Money:
        """What it comes to."""
        return Money(self.amount_minor)


class CampaignCost(Model):
    """One thing that must be paid for; fixed once the campaign is live."""

    __tablename__ = "campaign_cost"
    id: Mapped[int] = id_column()
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(SmallInteger)
    title: Mapped[str]
    amount_minor: Mapped[int]
    spending: Mapped[str]  # capital or revenue
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        UniqueConstraint("campaign_id", "position", deferrable=True, initially="DEFERRED"),
        CheckConstraint("amount_minor > 0", name="amount"),
        one_of("spending", SPENDINGS),
    )

    @property
    def amount(self) -> Money:
        """What it costs."""
        return Money(self.amount_minor)


class CampaignFunding(Model):
    """Money already raised, or a gift in kind; counts once staff have seen the evidence."""

    __tablename__ = "campaign_funding"
    id: Mapped[int] = id_column()
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]  # money or in_kind
    giver: Mapped[str]
    what: Mapped[str]
    amount_minor: Mapped[int]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    verified_at: Mapped[datetime | None]
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    __table_args__ = (CheckConstraint("amount_minor > 0", name="amount"), one_of("kind", FUNDING_KINDS))

    @property
    def amount(self) -> Money:
        """What it is worth."""
        return Money(self.amount_minor)


class Milestone(Model):
    """A step of the project with the day it is meant to be done by."""

    __tablename__ = "milestone"
    id: Mapped[int] = id_column()
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(SmallInteger)
    title: Mapped[str]
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    __table_args__ = (UniqueConstraint("campaign_id", "position", deferrable=True, initially="DEFERRED"),)


class CampaignPicture(Model):
    """A picture of the campaign, with words for those who cannot see it."""

    __tablename__ = "campaign_picture"
    id: Mapped[int] = id_column()
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    alt: Mapped[str]
    caption: Mapped[str] = mapped_column(default="")
    # Where it stands: on the campaign's page, in an update or in a report ("update:5").
    place: Mapped[str] = mapped_column(default="story")
    position: Mapped[int] = mapped_column(SmallInteger)
    file: Mapped[StoredFile] = relationship(lazy="raise")
    __table_args__ = (CheckConstraint("alt <> ''", name="alt"),)


class CampaignVideo(Model):
    """A film with its captions and its words as text."""

    __tablename__ = "campaign_video"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True)
    film_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    captions_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    captions_language: Mapped[str]
    transcript: Mapped[str]
    film: Mapped[StoredFile] = relationship(lazy="raise", foreign_keys=[film_id])
    captions: Mapped[StoredFile] = relationship(lazy="raise", foreign_keys=[captions_id])
    __table_args__ = (CheckConstraint("transcript <> ''", name="transcript"),)


# Whoever asks: what people were promised when they pledged is not changed under them.
event.listen(
    Campaign.__table__,
    "after_create",
    DDL("""
CREATE OR REPLACE FUNCTION campaign_is_fixed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF OLD.opened_at IS NOT NULL AND
      (NEW.target_minor, NEW.organisation_id, NEW.opened_at, NEW.closes_at, NEW.minimum_percent, NEW.platform_fee_bps)
      IS DISTINCT FROM
      (OLD.target_minor, OLD.organisation_id, OLD.opened_at, OLD.closes_at, OLD.minimum_percent, OLD.platform_fee_bps)
  THEN RAISE EXCEPTION 'a live campaign keeps its promise' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER campaign_keeps_its_promise BEFORE UPDATE ON campaign FOR EACH ROW EXECUTE FUNCTION campaign_is_fixed();
"""),
)
# A text is searched by the rules of its own language (core.search); the title weighs most.
event.listen(
    Campaign.__table__,
    "after_create",
    DDL(f"""
CREATE OR REPLACE FUNCTION campaign_has_words() RETURNS trigger LANGUAGE plpgsql AS
$$ DECLARE rules regconfig := CASE NEW.language {configurations_sql()} ELSE 'simple' END; BEGIN
  NEW.words := setweight(to_tsvector(rules, unaccent(NEW.title)), 'A')
    || setweight(to_tsvector(rules, unaccent(NEW.summary || ' ' || NEW.place)), 'B')
    || setweight(to_tsvector(rules, unaccent(NEW.story)), 'C');
  RETURN NEW;
END $$;
CREATE TRIGGER campaign_words BEFORE INSERT OR UPDATE OF language, title, summary, place, story ON campaign
  FOR EACH ROW EXECUTE FUNCTION campaign_has_words();
"""),
)
event.listen(
    CampaignCost.__table__,
    "after_create",
    DDL("""
CREATE OR REPLACE FUNCTION campaign_cost_is_fixed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF EXISTS (SELECT 1 FROM campaign WHERE id = coalesce(NEW.campaign_id, OLD.campaign_id) AND opened_at IS NOT NULL)
  THEN RAISE EXCEPTION 'the costs of a live campaign are fixed' USING ERRCODE = 'check_violation'; END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER campaign_cost_fixed BEFORE INSERT OR UPDATE OR DELETE ON campaign_cost
  FOR EACH ROW EXECUTE FUNCTION campaign_cost_is_fixed();
"""),
)
