"""Ranking and its result, as startups, partners and everybody see them."""

from civic.core.web import room

bp = room("challenge_matching", __name__)

# They fill the room.
import civic.challenge.matching.views.method  # noqa: E402
import civic.challenge.matching.views.ranking  # noqa: E402
import civic.challenge.matching.views.reading  # noqa: E402
import civic.challenge.matching.views.results  # noqa: E402, F401
