"""What everybody sees: what can be translated, how a thing is translated and by whom; and how members suggest better words."""

from civic.core.web import room

bp = room("translation", __name__, "/translations")

# They fill the room.
import civic.translation.views.note  # noqa: E402
import civic.translation.views.suggesting  # noqa: E402
import civic.translation.views.things  # noqa: E402, F401
