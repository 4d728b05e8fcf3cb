"""What everybody sees of public money, and the recipient's own pages."""

from civic.core.web import room

bp = room("grants", __name__)

from civic.grants.views import (  # noqa: E402, F401 - they fill the room
    awards,
    claims,
    data,
    desk,
    funds,
    reports,
    signing,
)
