"""The words of moderation: house rules, states, verbs, why something waits."""

from flask_babel import lazy_gettext as _l

# Key: (name, what it means).
HOUSE_RULES = {
    "abuse": (
        _l("Abuse, threats or bullying"),
        _l("Attack ideas, not people. No insults, threats or harassment."),
    ),
    "hate": (
        _l("Hate"),
        _l("Nobody is run down for who they are: for race, faith, disability, sex, gender, sexuality or age."),
    ),
    "personal_data": (
        _l("Somebody’s personal details"),
        _l("No phone numbers, addresses or other private details, your own or anybody else’s."),
    ),
    "off_topic": (
        _l("Off topic"),
        _l("Keep to the subject of the page. There is a place for most subjects; this may be another one."),
    ),
    "spam": (
        _l("Advertising or spam"),
        _l("No advertising, no copies of the same words, no links that lead somewhere unexpected."),
    ),
    "libel": (
        _l("A false claim about somebody"),
        _l(
            "Do not say things about a person or organisation that could harm them and that you cannot show to be true."
        ),
    ),
    "copyright": (
        _l("Somebody else’s work"),
        _l("Post your own words and pictures, or say whose they are and that you may use them."),
    ),
    "election": (
        _l("Election material"),
        _l("No campaigning for or against a party or candidate."),
    ),
    "impersonation": (
        _l("Pretending to be somebody else"),
        _l("Speak for yourself. Do not pretend to be another person, an organisation or staff."),
    ),
    "other": (
        _l("Something else"),
        _l("Anything else that is against the law or makes it hard for others to take part."),
    ),
}


def house_rule(key: str) -> object:
    """What a house rule is called; nothing for none."""
    return HOUSE_RULES[key][0] if key in HOUSE_RULES else ""


def house_rule_sentence(key: str) -> object:
    """What a house rule asks for; nothing for none."""
    return HOUSE_RULES[key][1] if key in HOUSE_RULES else ""


# Why a case lies in the queue: (word, colour).
TAGS = {
    "is_reported": (_l("Reported"), ""),
    "is_waiting": (_l("Waiting"), "yellow"),
    "is_alike": (_l("Many copies"), "purple"),
    "is_wave": (_l("Wave"), "red"),
    "is_resubmitted": (_l("Sent again"), "yellow"),
    "is_folded": (_l("Folded"), "grey"),
}
FACETS = {
    "": _l("All, oldest first"),
    "heaviest": _l("All, heaviest first"),
    "reported": _l("Reported"),
    "waiting": _l("Waiting to be shown"),
    "alike": _l("Many copies"),
    "waves": _l("Waves"),
    "appeals": _l("Appeals"),
}
STATES = {
    "open": _l("Waits for a moderator"),
    "kept": _l("Kept"),
    "removed": _l("Removed"),
    "appealed": _l("Appealed"),
    "upheld": _l("Stays removed after an appeal"),
    "restored": _l("Shown again after an appeal"),
    "closed": _l("Closed"),
}
MOVES = {
    "withdraw": _l("Withdrawn by its author"),
    "resubmit": _l("Changed and sent again"),
}
"""Moves that say more than the state to which they lead."""
STATE_COLOURS = {
    "open": "yellow",
    "kept": "green",
    "removed": "red",
    "appealed": "yellow",
    "upheld": "red",
    "restored": "green",
    "closed": "grey",
}
REPORT_STATES = {
    "standing": _l("Moderators have it"),
    "withdrawn": _l("You took it back"),
    "upheld": _l("The text was removed"),
    "dismissed": _l("The text stays"),
    "closed": _l("The text is gone"),
}
VERBS = {
    "keep": _l("Kept"),
    "remove": _l("Removed"),
    "uphold": _l("Stays removed after an appeal"),
    "restore": _l("Shown again after an appeal"),
}
WAITS_FOR = {
    "place": _l("Everything waits here before it is shown."),
    "election": _l("It was posted in an election period."),
}
HOLDS_BACK = {
    "everybody": _l("Everybody’s posts wait"),
    "newcomers": _l("Posts of new accounts wait"),
}

OUTCOMES = {
    "waiting": _l("Not heard yet"),
    "upheld": _l("The decision stands"),
    "restored": _l("The decision was reversed"),
    "closed": _l("There was nothing left to decide"),
}
"""Of appeals against removals and against suspensions."""


def verb(key: str) -> object:
    """What a moderator did."""
    return VERBS[key]


def outcome(key: str) -> object:
    """What came of an appeal."""
    return OUTCOMES[key]
