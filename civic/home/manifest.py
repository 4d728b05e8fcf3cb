"""What home brings to the house."""

from civic.core.manifest import Manifest
from civic.home import frame, manage, views

manifest = Manifest(
    name="home",
    blueprints=[views.bp, views.gate],
    staff_tasks=manage.TASKS,
    template_globals={
        "navigation": frame.navigation,
        "staff_navigation": frame.staff_navigation,
        "footer_links": frame.footer_links,
    },
)
