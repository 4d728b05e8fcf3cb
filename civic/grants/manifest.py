"""What grants bring to the house."""

from flask_babel import lazy_gettext as _l

from civic.core.i18n import Words
from civic.core.manifest import Manifest, StaffTask
from civic.core.markdown import render_markdown
from civic.grants import jobs, manage, refusals, views
from civic.grants.access import may_keep_delegations, may_see_grants
from civic.grants.checked import CHECKED
from civic.grants.checks import public_money_is_whole
from civic.grants.manage.overview import all_that_waits
from civic.grants.people_data import CARDS
from civic.grants.publishing import recipient_words
from civic.grants.translating import TRANSLATABLES

manifest = Manifest(
    name="grants",
    blueprints=[views.bp, manage.desk],
    staff_tasks=[
        StaffTask(_l("Public money"), "grant_desk.show_overview", may_see_grants, all_that_waits),
        StaffTask(_l("Delegated authority"), "grant_desk.list_delegations", may_keep_delegations),
    ],
    template_globals={"recipient_words": recipient_words, "written": Words, "markdown": render_markdown},
    jobs=[jobs.look_after_awards],
    periodic=[(jobs.look_after_awards, "*/10 * * * *")],
    checks=[public_money_is_whole],
    personal_data=CARDS,
    checked=CHECKED,
    translatables=TRANSLATABLES,
    messages=[
        "grants/agreement_in_force",
        "grants/agreement_offered",
        "grants/award_announced",
        "grants/award_changed",
        "grants/award_released",
        "grants/award_stopped",
        "grants/claim_returned",
        "grants/consultation",
        "grants/instalment_paid",
        "grants/repayment_approved",
        "grants/report_reminder",
        "grants/report_returned",
    ],
    constraints={
        "ck_budget_change_four_eyes": ("", refusals.NeedsSomebodyElse.SENTENCES["proposed"]),
        "ck_grant_decision_four_eyes": ("", refusals.NeedsSomebodyElse.SENTENCES["recommended"]),
        "ck_grant_decision_not_assessor": ("", refusals.NeedsSomebodyElse.SENTENCES["assessed"]),
        "uq_grant_decision_open": ("", refusals.AlreadyRecommended.sentence),
        "uq_award_subject": ("", refusals.AlreadyAwarded.sentence),
        "ck_instalment_four_eyes": ("", refusals.NeedsSomebodyElse.SENTENCES["instructed"]),
        "ck_instalment_not_approver": ("", refusals.NeedsSomebodyElse.SENTENCES["approved"]),
        "ck_repayment_four_eyes": ("", refusals.NeedsSomebodyElse.SENTENCES["asked"]),
        "ck_repayment_not_approver": ("", refusals.NeedsSomebodyElse.SENTENCES["repaid"]),
        "ck_pot_balance_within": ("capital", refusals.NotEnough.SENTENCES["capital"]),
        "ck_fund_balance_within": ("capital", refusals.NotEnough.SENTENCES["capital"]),
    },
)
