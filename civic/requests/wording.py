"""The words for formats, states, acts and choices, in one place."""

from flask_babel import lazy_gettext as _l

FORMATS = {
    "braille": _l("Braille on paper"),
    "large_print": _l("Large print by post"),
    "audio_cd": _l("A recording on CD"),
    "bsl": _l("British Sign Language"),
    "easy_read": _l("Easy Read"),
    "summary": _l("A summary in another language"),
    "translation": _l("All of it in another language"),
    "other": _l("Something else"),
}
CONTACTS = {
    "email": _l("By email"),
    "phone": _l("By phone or text message"),
    "relay": _l("By phone through Relay UK"),
    "bsl": _l("In a video call with a BSL interpreter"),
    "post": _l("By post"),
}
MODES = {
    "web": _l("On this website"),
    "phone": _l("By phone"),
    "post": _l("By letter"),
    "desk": _l("At a desk, in person"),
}
STATES = {
    "new": _l("New"),
    "accepted": _l("Being made"),
    "made": _l("Made"),
    "sent": _l("Sent"),
    "declined": _l("Declined"),
    "withdrawn": _l("Withdrawn"),
}
STATE_COLOURS = {
    "new": "",
    "accepted": "yellow",
    "made": "purple",
    "sent": "green",
    "declined": "red",
    "withdrawn": "grey",
}
# What each state means to whoever asked.
STATES_EXPLAINED = {
    "new": _l("We have your request, and somebody will look at it."),
    "accepted": _l("We are making what you asked for."),
    "made": _l("It is ready and will be on its way to you soon."),
    "sent": _l("It is on its way to you."),
    "declined": _l("We cannot make what you asked for. Below we say why."),
    "withdrawn": _l("You no longer need it."),
}
VERBS = {
    "accept": _l("Accept it: we are making it"),
    "make": _l("It is made"),
    "send": _l("It was sent"),
    "decline": _l("Decline it"),
    "withdraw": _l("The person no longer needs it"),
}
