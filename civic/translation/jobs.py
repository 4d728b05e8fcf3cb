"""What happens by itself: files that were sent are forgotten after a week."""

from civic.core import clock
from civic.core.db import transaction
from civic.core.jobs import job
from civic.translation.actions.importing import forget_files


@job("translation.forget_files")
def forget_translation_files() -> None:
    """Forget files that were sent more than a week ago."""
    with transaction():
        forget_files(clock.now())
