"""What moderation brings to the house."""

from civic.core import clock
from civic.core.manifest import Manifest
from civic.moderation import views
from civic.moderation.people_data import CARDS
from civic.moderation.queries.periods import period_at
from civic.moderation.wording import house_rule

manifest = Manifest(
    name="moderation",
    blueprints=[views.bp],
    personal_data=CARDS,
    template_globals={"house_rule": house_rule, "election_period": lambda: period_at(clock.now())},
)
