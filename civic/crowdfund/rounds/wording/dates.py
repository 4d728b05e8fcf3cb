"""What every date of a round means: to everybody, and to the officer who sets it."""

from flask_babel import lazy_gettext as _l

from civic.accounts.wording import Words

HAPPENS: Words = {
    "expressions_open_at": _l("You can tell us your idea from now on."),
    "expressions_close_at": _l("The last minute for telling us your idea."),
    "applications_open_at": _l("Applications open."),
    "applications_close_at": _l("Applications close. Until this minute they are sealed: nobody reads them."),
    "campaigns_live_by": _l("Your campaign must be open for pledges by now."),
    "assessed_by": _l("Assessors have judged every application."),
    "decided_by": _l("It is decided who gets a pledge."),
    "announced_on": _l(
        "The pledges are announced, and count towards the targets. Everybody who applied hears from us."
    ),
    "targets_by": _l("Campaigns with a pledge must have reached their target by now."),
    "agreements_by": _l("Funding agreements are signed by now."),
    "paid_from": _l("Payments begin."),
    "paid_until": _l("The last day for payments."),
    "monitored_until": _l("The last report about what came of it."),
}
LABELS: Words = {
    "expressions_open_at": _l("Ideas: from"),
    "expressions_close_at": _l("Ideas: until"),
    "applications_open_at": _l("Applications: from"),
    "applications_close_at": _l("Applications: until"),
    "campaigns_live_by": _l("Campaigns open by"),
    "assessed_by": _l("Assessed by"),
    "decided_by": _l("Decided by"),
    "announced_on": _l("Announced on"),
    "targets_by": _l("Targets reached by"),
    "agreements_by": _l("Agreements signed by"),
    "paid_from": _l("Payments: from"),
    "paid_until": _l("Payments: until"),
    "monitored_until": _l("Last report by"),
}
HINTS: Words = {
    "expressions_open_at": _l(
        "From this minute on an idea can be sent. Needed only if the round asks for ideas first."
    ),
    "expressions_close_at": _l("At this minute no idea is taken any more."),
    "applications_open_at": _l("From this minute on an application can be sent. Drafts can be written before."),
    "applications_close_at": _l(
        "At this minute nothing more can be sent, and what was sent is opened for assessors and staff."
    ),
    "campaigns_live_by": _l(
        "A campaign that opened for pledges after this minute does not meet the condition about it."
    ),
    "assessed_by": _l("The day on which all scores should be in and agreed."),
    "decided_by": _l("The day on which the decisions should be taken."),
    "announced_on": _l("The day on which the pledges become public. Applicants are told this day."),
    "targets_by": _l("Campaigns that close later than this cannot apply: their money would come too late."),
    "agreements_by": _l("The day by which both sides should have signed."),
    "paid_from": _l("No instalment should be paid before this day."),
    "paid_until": _l("The last day of the payment window."),
    "monitored_until": _l("The day by which the final report is due."),
}
