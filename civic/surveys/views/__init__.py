"""What those who take part see: the list, a survey, its pages, the receipt, the results."""

from civic.core.web import room

bp = room("surveys", __name__)

# They fill the room.
import civic.surveys.views.listing  # noqa: E402
import civic.surveys.views.receipts  # noqa: E402
import civic.surveys.views.results  # noqa: E402
import civic.surveys.views.taking  # noqa: E402, F401
