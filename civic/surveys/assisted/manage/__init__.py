"""What staff see of answers on paper and by phone."""

from civic.core.web import room

bp = room("assisted", __name__, "/staff/assisted-answers")

# They fill the room.
import civic.surveys.assisted.manage.batches  # noqa: E402
import civic.surveys.assisted.manage.settling  # noqa: E402
import civic.surveys.assisted.manage.typing  # noqa: E402, F401
