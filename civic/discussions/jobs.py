"""What happens by itself in discussions."""

from civic.core import clock
from civic.core.db import transaction
from civic.core.jobs import job
from civic.discussions.actions import drafts, pictures


@job("discussions.sweep")
def sweep() -> None:
    """Forget drafts that nobody came back to, and pictures that no text uses."""
    with transaction():
        drafts.sweep_drafts(clock.now())
        pictures.sweep_pictures(clock.now())
