"""What Crowdfund brings to the house."""

from civic.core.manifest import Manifest
from civic.crowdfund import manage, models, views  # noqa: F401 - its tables
from civic.crowdfund.importing.command import import_campaigns

manifest = Manifest(
    name="crowdfund",
    blueprints=[views.bp, manage.desk],
    commands=[import_campaigns],
)
