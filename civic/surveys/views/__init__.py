"""What those who take part see: the list, a survey, its pages, the receipt, the results."""

from civic.core.web import room

bp = room("surveys", __name__)

from civic.surveys.views import listing, receipts, results, taking  # noqa: E402, F401 - they fill the room
