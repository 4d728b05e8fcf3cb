"""What Crowdfund brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import Manifest, StaffTask, Way
from civic.core.markdown import render_markdown
from civic.crowdfund import checks, jobs, listeners, manage, models, views  # noqa: F401 - its tables
from civic.crowdfund.access import may_settle
from civic.crowdfund.actions import telling
from civic.crowdfund.importing.command import import_campaigns
from civic.crowdfund.queries import settlement
from civic.crowdfund.rules.settlement import shortfall_rule_sentence
from civic.crowdfund.views.pictures import LONDON, picture_url
from civic.crowdfund.wording import CampaignWords
from civic.crowdfund.wording.settlement import card_trouble

manifest = Manifest(
    name="crowdfund",
    blueprints=[views.bp, manage.desk],
    commands=[import_campaigns],
    listeners=listeners.LISTENERS,
    jobs=[jobs.take_steps, telling.tell_backer, telling.tell_backers, telling.tell_organisation],
    periodic=[(jobs.take_steps, "* * * * *")],
    checks=[*checks.CHECKS],
    messages=[
        "crowdfund/campaign_failed",
        "crowdfund/campaign_funded",
        "crowdfund/campaign_missed",
        "crowdfund/campaign_reached",
        "crowdfund/campaign_refunding",
        "crowdfund/campaign_withdrawn",
        "crowdfund/charge_dropped",
        "crowdfund/charge_needs_you",
        "crowdfund/charge_receipt",
        "crowdfund/charge_refunded",
        "crowdfund/charge_reminder",
        "crowdfund/organiser_extended",
        "crowdfund/organiser_failed",
        "crowdfund/organiser_funded",
        "crowdfund/organiser_reached",
        "crowdfund/organiser_refunded",
        "crowdfund/organiser_refunding",
        "crowdfund/organiser_shortfall",
        "crowdfund/organiser_withdrawn",
    ],
    staff_tasks=[
        StaffTask(
            _l("Campaigns being settled"), "campaign_desk.list_settlements", may_settle, settlement.waiting_for_officers
        )
    ],
    ways=[
        Way(
            _l("Crowdfund"),
            "crowdfund.list_campaigns",
            _l("Back a project near you. Nothing leaves your account unless it reaches its target."),
            ("crowdfund",),
        )
    ],
    template_globals={
        "campaign_words": CampaignWords,
        "picture_url": picture_url,
        "london_path": LONDON,
        "markdown": render_markdown,
        "card_trouble": card_trouble,
        "shortfall_rule": shortfall_rule_sentence,
    },
)
