"""What Crowdfund brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.accounts.events import EmailConfirmed, SignedIn
from civic.core.i18n import Words
from civic.core.manifest import Manifest, Moderated, StaffTask, Way
from civic.core.markdown import render_markdown
from civic.crowdfund import checks, jobs, listeners, manage, pledge_jobs, views
from civic.crowdfund.access import may_check_campaigns, may_settle
from civic.crowdfund.actions import news, shortfall, telling
from civic.crowdfund.actions.talk import COMMENT, show_comment
from civic.crowdfund.actions.totals import wrong_totals
from civic.crowdfund.checked import CHECKED
from civic.crowdfund.importing.command import import_campaigns
from civic.crowdfund.pledge_data import CARDS as PLEDGE_CARDS
from civic.crowdfund.queries import offline, settlement
from civic.crowdfund.queries.checking import waiting_to_be_checked
from civic.crowdfund.queries.talk import is_comment_public, published_comments
from civic.crowdfund.readable import CAMPAIGN
from civic.crowdfund.rules.settlement import shortfall_rule_sentence
from civic.crowdfund.talk_data import CARDS as TALK_CARDS
from civic.crowdfund.translating import TRANSLATABLES
from civic.crowdfund.views.backing import attach_to_account
from civic.crowdfund.views.pictures import LONDON, picture_url
from civic.crowdfund.wording import CampaignWords
from civic.crowdfund.wording.settlement import card_trouble
from civic.crowdfund.writing_data import CARDS as WRITING_CARDS
from civic.crowdfund.writing_data import MESSAGES as WRITING_MESSAGES

manifest = Manifest(
    name="crowdfund",
    readables=[CAMPAIGN],
    blueprints=[views.bp, manage.desk],
    commands=[import_campaigns],
    listeners={**listeners.LISTENERS, EmailConfirmed: [attach_to_account], SignedIn: [attach_to_account]},
    jobs=[
        *pledge_jobs.JOBS,
        news.tell_of_update,
        news.tell_of_message,
        news.tell_of_report,
        jobs.take_steps,
        telling.tell_backer,
        telling.tell_backers,
        telling.tell_organisation,
    ],
    periodic=[*pledge_jobs.PERIODIC, (jobs.take_steps, "* * * * *")],
    checks=[*checks.CHECKS, wrong_totals],
    messages=[
        *pledge_jobs.MESSAGES,
        *WRITING_MESSAGES,
        "crowdfund/update",
        "crowdfund/message",
        "crowdfund/backer_hidden",
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
            _l("Campaigns to check"),
            "campaign_desk.list_campaigns",
            may_check_campaigns,
            waiting_to_be_checked,
        ),
        StaffTask(_l("Gifts to confirm"), "campaign_desk.list_waiting_gifts", may_settle, offline.how_many_wait),
        StaffTask(
            _l("Campaigns being settled"), "campaign_desk.list_settlements", may_settle, settlement.waiting_for_officers
        ),
    ],
    ways=[
        Way(
            _l("Crowdfund"),
            "crowdfund.list_campaigns",
            _l("Back a project near you. Nothing leaves your account unless it reaches its target."),
            ("crowdfund",),
        )
    ],
    constraints={
        "uq_shortfall_decision_open": ("", shortfall.AlreadyProposed.sentence),
        "ck_shortfall_decision_four_eyes": ("", shortfall.NeedsSomebodyElse.sentence),
    },
    moderated=[
        Moderated(COMMENT, _l("Comment on a campaign"), published_comments, show_comment, is_comment_public),
    ],
    checked=CHECKED,
    translatables=TRANSLATABLES,
    personal_data=[
        *PLEDGE_CARDS,
        *WRITING_CARDS,
        *TALK_CARDS,
    ],
    template_globals={
        "campaign_words": CampaignWords,
        "picture_url": picture_url,
        "london_path": LONDON,
        "markdown": render_markdown,
        "written": Words,
        "card_trouble": card_trouble,
        "shortfall_rule": shortfall_rule_sentence,
    },
)
