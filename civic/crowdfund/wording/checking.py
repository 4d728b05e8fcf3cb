"""The check list of staff in words: what to look at, and what counts as proof."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.accounts.wording import Words

RESULT_NAMES: Words = {
    "fine": _l("Fine"),
    "problem": _l("There is a problem"),
    "not_needed": _l("Not needed here"),
}
RESULT_COLOURS: dict[str, str] = {"fine": "green", "problem": "red", "not_needed": "grey"}
# The title of each item, and what to look for.
CHECK_ITEMS: dict[str, tuple[Any, Any]] = {
    "budget": (
        _l("Every cost has proof"),
        _l(
            "Quotes, price lists or unpaid bills from suppliers. A spreadsheet of their own is not enough, nor an old quote. "
            "Nothing that was already paid for."
        ),
    ),
    "quotes": (_l("Large costs have more than one quote"), _l("Or a reason why only one supplier can do it.")),
    "landowner": (
        _l("The owner of the land or building agrees"),
        _l("In writing, and for what is planned."),
    ),
    "permissions": (
        _l("The council’s permissions and licences are there or on the way"),
        _l("Planning, highways, events, food, music: whatever the project needs."),
    ),
    "contractors": (
        _l("Who does the work is named and real"),
        _l("Look each supplier up. Nobody who runs the campaign is paid without it being said."),
    ),
    "insurance": (_l("There is insurance where it is needed"), _l("Public liability for work and events in public.")),
    "governance": (
        _l("The organisation is set up and run openly"),
        _l("It has a governing document that says whom it speaks for, how members join and who decides."),
    ),
    "identity": (
        _l("The people are who they say they are"),
        _l("The organisation is verified, and those who act for it are named in its papers."),
    ),
    "in_london": (_l("It happens in Greater London"), _l("It is about this place and could not be anywhere.")),
    "not_for_profit": (
        _l("It is for the whole neighbourhood and not for profit"),
        _l("It does not replace a service that the council must provide."),
    ),
    "funds": (
        _l("Money already raised and gifts are proved"),
        _l("A grant letter, bank statement or picture of a cheque; for gifts in kind a letter from the giver."),
    ),
    "words": (
        _l("The page says what donors must know"),
        _l(
            "What the money is for, who runs it, and what happens with too much or too little (Code of Fundraising Practice). "
            "Nothing misleads or puts anybody under pressure."
        ),
    ),
    "access": (
        _l("Pictures and film are described"),
        _l(
            "The alternative text says what is seen, the captions say what is heard, and nobody is shown against their will."
        ),
    ),
}
OBSTACLES: Words = {
    "unanswered": _l("Some points of the check list have no answer yet"),
    "problem": _l("At some points there is a problem"),
    "organisation": _l("The organisation is not verified"),
    "payee": _l("The organisation is not registered for payments"),
    "deadline": _l("The deadline has passed: return it for a new one"),
    "target": _l("There are no costs, so there is no target"),
}
