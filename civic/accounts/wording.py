"""The words for what the database keeps as codes, in the reader's language."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

Words = dict[str, Any]

ROLE_NAMES: Words = {
    "researcher": _l("Researcher"),
    "moderator": _l("Moderator"),
    "funds_officer": _l("Funds officer"),
    "assessor": _l("Assessor"),
    "consultee": _l("Consultee"),
    "approver": _l("Approver"),
    "finance_officer": _l("Finance officer"),
    "challenge_manager": _l("Challenge manager"),
    "translator": _l("Translator"),
    "assistant": _l("Assistant at a desk"),
    "administrator": _l("Administrator"),
}
ROLE_DUTIES: Words = {
    "researcher": _l("Builds, launches and publishes surveys, events and consultations"),
    "moderator": _l("Decides about reported texts"),
    "funds_officer": _l("Opens rounds, assesses and recommends"),
    "assessor": _l("Judges the applications that are given to them, by published criteria"),
    "consultee": _l("Is consulted on decisions about money and comments on record"),
    "approver": _l("Decides about money, with a decision number"),
    "finance_officer": _l("Pays, refunds and reconciles"),
    "challenge_manager": _l("Runs a challenge from call to outcome"),
    "translator": _l("Translates what people read, and checks what members suggest"),
    "assistant": _l(
        "Helps people on paper, by phone and at a desk: types in their answers and writes down what they need"
    ),
    "administrator": _l("Gives and takes roles, changes settings, reads the audit log"),
}
MEMBER_ROLE_NAMES: Words = {"owner": _l("Owner"), "editor": _l("Editor")}
STATUS_NAMES: Words = {"active": _l("Active"), "suspended": _l("Suspended")}

CONNECTION_NAMES: Words = {
    "live": _l("I live in London"),
    "work": _l("I work in London"),
    "study": _l("I study in London"),
    "run": _l("I run something here: a business, a charity or a group"),
}
TENURE_NAMES: Words = {
    "owns_outright": _l("I own my home outright"),
    "mortgage": _l("I own my home with a mortgage or loan"),
    "shared_ownership": _l("Shared ownership: part own, part rent"),
    "council": _l("I rent from the council"),
    "housing_association": _l("I rent from a housing association"),
    "private_rent": _l("I rent from a private landlord"),
    "with_family": _l("I live with family or friends"),
    "temporary": _l("Temporary accommodation, or no fixed home"),
    "other": _l("Something else"),
}
WORK_STATUS_NAMES: Words = {
    "full_time": _l("Working full time"),
    "part_time": _l("Working part time"),
    "self_employed": _l("Self-employed"),
    "looking": _l("Looking for work"),
    "student": _l("Student or apprentice"),
    "caring": _l("Looking after home or family"),
    "sick_or_disabled": _l("Unable to work because of illness or disability"),
    "retired": _l("Retired"),
    "other": _l("Something else"),
}
KIND_NAMES: Words = {
    "registered_charity": _l("Registered charity"),
    "cic": _l("Community interest company (CIC)"),
    "unincorporated_association": _l("Unincorporated association: a club, residents’ or community group"),
    "cooperative": _l("Co-operative society"),
    "community_benefit_society": _l("Community benefit society"),
    "company": _l("Company"),
    "public_body": _l("Public body, such as a council or a school"),
}
ORGANISATION_STATUS_NAMES: Words = {
    "unverified": _l("Not verified"),
    "submitted": _l("Being checked"),
    "verified": _l("Verified"),
    "returned": _l("Needs changes"),
}
ORGANISATION_MOVES: Words = {
    "submit": _l("Sent for verification"),
    "recall": _l("Taken back"),
    "verify": _l("Verified"),
    "return": _l("Returned with questions"),
    "amend": _l("Changed, so no longer verified"),
    "withdraw": _l("Verification withdrawn"),
}
ACCOUNT_MOVES: Words = {"suspend": _l("Suspended"), "lift": _l("Suspension lifted")}

NAME_PROBLEMS: Words = {
    "too_short": _l("Enter a name of at least 2 characters, with a letter in it."),
    "too_long": _l("Use 60 characters or fewer."),
    "characters": _l("Use letters, spaces, hyphens and apostrophes. Other signs could be mistaken for something else."),
    "mixed": _l("Use letters of one alphabet. Mixed alphabets can be used to look like somebody else."),
    "office": _l("Choose a name that does not sound like City Hall or its staff."),
}
NAME_TAKEN = _l(
    "Someone already uses this name, or one that looks the same. Try adding an initial or your neighbourhood."
)
PASSWORD_PROBLEMS: Words = {
    "short": _l("Use at least 12 characters. Three or four random words work well."),
    "long": _l("Use 200 characters or fewer."),
    "weak": _l("This password is too easy to guess. Use three or four random words, or let your browser make one."),
}


def choices(words: Words, *, empty: Any = None) -> list[tuple[str, Any]]:
    """Pairs for a select or radios; `empty` is the words of the first, unchosen, line."""
    return ([("", empty)] if empty is not None else []) + list(words.items())


def device_words(device: str) -> str:
    """How a browser is called in the list of devices: "Firefox on Windows"."""
    browser, _slash, system = device.partition("/")
    if browser and system:
        return gettext("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or gettext("Unknown browser")


class OrganisationWords:
    """Everything that pages say about organisations, under one name in templates (`organisation_words.kinds[…]`)."""

    kinds, statuses, moves, roles = KIND_NAMES, ORGANISATION_STATUS_NAMES, ORGANISATION_MOVES, MEMBER_ROLE_NAMES
    colours = {"unverified": "grey", "submitted": "yellow", "verified": "green", "returned": "red"}
