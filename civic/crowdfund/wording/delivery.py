"""What a report still needs, in words."""

from flask_babel import lazy_gettext as _l

from civic.accounts.wording import Words

FAULTS: Words = {
    "text": _l("Say what has happened."),
    "note": _l("Say why what was spent differs from the plan."),
    "unspent": _l("Say what happens with what is left, or where more came from."),
}
