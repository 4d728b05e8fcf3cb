"""What staff see: people and their roles, organisations and their verification."""

from civic.core.web import room

bp = room("people", __name__, prefix="/staff")

from civic.accounts.manage import organisations, people  # noqa: E402,F401 - the views register themselves on the blueprint
