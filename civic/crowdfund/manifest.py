"""What Crowdfund brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import Manifest, Way
from civic.crowdfund import manage, models, views  # noqa: F401 - its tables
from civic.crowdfund.importing.command import import_campaigns
from civic.crowdfund.views.pictures import LONDON, picture_url
from civic.crowdfund.wording import CampaignWords

manifest = Manifest(
    name="crowdfund",
    blueprints=[views.bp, manage.desk],
    commands=[import_campaigns],
    ways=[
        Way(
            _l("Crowdfund"),
            "crowdfund.list_campaigns",
            _l("Back a project near you. Nothing leaves your account unless it reaches its target."),
            ("crowdfund",),
        )
    ],
    template_globals={"campaign_words": CampaignWords, "picture_url": picture_url, "london_path": LONDON},
)
