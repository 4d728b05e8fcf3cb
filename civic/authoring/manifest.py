"""What help for authors brings to the house."""

from civic.authoring import queries, views
from civic.authoring.people_data import CARDS
from civic.core.manifest import Manifest

manifest = Manifest(
    name="authoring",
    blueprints=[views.bp],
    personal_data=CARDS,
    template_globals={"advice_on": queries.report, "typed_reason": views.typed_reason},
)
