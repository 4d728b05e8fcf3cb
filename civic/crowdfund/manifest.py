"""What Crowdfund brings to the house."""

from civic.core.manifest import Manifest
from civic.crowdfund import manage, models, views  # noqa: F401 - its tables
from civic.crowdfund.importing.command import import_campaigns
from civic.crowdfund.wording import CampaignWords

manifest = Manifest(
    name="crowdfund",
    blueprints=[views.bp, manage.desk],
    commands=[import_campaigns],
    template_globals={"campaign_words": CampaignWords},
)
