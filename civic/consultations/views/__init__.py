"""What everybody sees: the list, a consultation, its outcome, the report card, and where one's own contributions went."""

from civic.core.web import room

bp = room("consultations", __name__)

# They fill the room.
import civic.consultations.views.card  # noqa: E402
import civic.consultations.views.feed  # noqa: E402
import civic.consultations.views.mine  # noqa: E402
import civic.consultations.views.reading  # noqa: E402, F401
