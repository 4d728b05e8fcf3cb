"""What grants bring to the house."""

from civic.core.manifest import Manifest
from civic.grants import jobs, refusals
from civic.grants.checks import public_money_is_whole
from civic.grants.people_data import CARDS

manifest = Manifest(
    name="grants",
    jobs=[jobs.look_after_awards],
    periodic=[(jobs.look_after_awards, "*/10 * * * *")],
    checks=[public_money_is_whole],
    personal_data=CARDS,
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
