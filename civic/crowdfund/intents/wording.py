"""The words for the states of a wish to pledge."""

from flask_babel import lazy_gettext as _l

STATES = {
    "sent": _l("Waiting for the person"),
    "opened": _l("The person went on"),
    "withdrawn": _l("Withdrawn"),
    "expired": _l("Expired"),
}
STATE_COLOURS = {"sent": "yellow", "opened": "green", "withdrawn": "grey", "expired": "grey"}
