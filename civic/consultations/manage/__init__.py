"""What staff see: the list, a consultation in steps, its life, what people gave, the outcome and its signature."""

from civic.core.web import room

bp = room("manage_consultations", __name__, "/staff/consultations")

# They fill the room.
import civic.consultations.manage.analysis  # noqa: E402
import civic.consultations.manage.desk  # noqa: E402
import civic.consultations.manage.life  # noqa: E402
import civic.consultations.manage.outcome  # noqa: E402
import civic.consultations.manage.parts  # noqa: E402
import civic.consultations.manage.steps  # noqa: E402, F401
