"""What can be done about notices: telling people."""

from civic.notifications.actions.telling import tell

__all__ = ["tell"]
