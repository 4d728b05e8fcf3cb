"""What a round waits for, in words, and whose turn it is."""

from flask_babel import lazy_gettext as _l

from civic.accounts.wording import Words

TASKS: Words = {
    "ideas": _l("Answer the ideas"),
    "panel": _l("Seat the assessors and open the panel"),
    "share_out": _l("Give every application enough assessors"),
    "score": _l("Judge the applications"),
    "agree": _l("Agree the results"),
    "recommend": _l("Recommend, or answer those that are not chosen"),
    "decide": _l("Decide about what is recommended"),
    "announce": _l("Announce what is decided"),
    "answer": _l("Answer those that were not chosen"),
    "close": _l("Close the round"),
}
WHO: Words = {
    "officers": _l("Those who run the round"),
    "assessors": _l("The assessors"),
    "approvers": _l("Consultees and approvers"),
}
BY = {
    "score": "assessed_by",
    "agree": "assessed_by",
    "recommend": "decided_by",
    "decide": "decided_by",
    "announce": "announced_on",
    "answer": "announced_on",
}
"""Which date of the round a task should be done by."""
HIDDEN: Words = {
    "interest": _l("You declared an interest in it, so you see nothing of it."),
    "party": _l("You stand behind it, so you see nothing of it."),
}
PARTS: Words = {
    "tiers": _l("Sizes of pledge"),
    "conditions": _l("Conditions"),
    "questions": _l("Questions"),
}
STEPS: Words = {
    "about": _l("What it is for"),
    "dates": _l("Dates"),
    "tiers": _l("Sizes of pledge"),
    "conditions": _l("Conditions"),
    "questions": _l("Questions to applicants"),
    "criteria": _l("Criteria and assessors"),
    "money": _l("Money of the fund"),
}
