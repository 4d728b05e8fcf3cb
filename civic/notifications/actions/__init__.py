"""What can be done about notices: telling people, writing letters, choosing, stopping."""

from civic.notifications.actions.bouncing import ask_to_confirm, confirm_address, note_bounce
from civic.notifications.actions.choosing import (
    choose,
    end_silence,
    forget_old,
    mark_read,
    resume,
    silence,
    stop,
)
from civic.notifications.actions.letters import write_letter, write_weekly
from civic.notifications.actions.telling import tell

__all__ = [
    "ask_to_confirm",
    "choose",
    "confirm_address",
    "end_silence",
    "forget_old",
    "mark_read",
    "note_bounce",
    "resume",
    "silence",
    "stop",
    "tell",
    "write_letter",
    "write_weekly",
]
