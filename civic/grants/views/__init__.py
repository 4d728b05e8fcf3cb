"""What everybody sees of public money, and the recipient's own pages."""

from civic.core.web import room

bp = room("grants", __name__)

# They fill the room.
