"""The words for paces and for what a link in a letter stops."""

from flask_babel import lazy_gettext as _l

PACES = {
    "at_once": _l("By email, soon after it happens"),
    "weekly": _l("In the weekly letter"),
    "never": _l("No email. I look here"),
}
