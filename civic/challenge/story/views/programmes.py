"""A programme from the call to what came of it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from civic.challenge import access
from civic.challenge.models import Programme
from civic.challenge.queries import programmes as queries
from civic.challenge.queries.briefs import challenges_of
from civic.challenge.rules.choices import FACT_KINDS
from civic.challenge.story.queries.whole import story_of
from civic.challenge.story.views import bp
from civic.challenge.support.queries.demo import day_of
from civic.challenge.testing.wording import TESTS
from civic.challenge.translating import lay_programme
from civic.core import clock
from civic.core.doors import allowed
from civic.core.money import Money
from civic.core.pages import etag


@bp.get("/challenges/programmes/<programme>")
@allowed(access.may_see_programme, on=queries.programme_by_slug, hide=True)
def show_programme(programme: Programme) -> ResponseReturnValue:
    """A programme: how far it is, who applied and came on, what was paid and what came of it, its money and what is not known."""
    facts = queries.facts_of(programme)
    challenges = challenges_of(programme_id=programme.id)
    story = story_of(programme, challenges)
    said = lay_programme(programme, facts, challenges)
    takes = story.call is not None and story.call.takes_applications(clock.now())
    day = day_of(programme.id)
    day = day if day is not None and day.status in ("published", "held") else None
    known = [(each.id, each.title, each.value, each.source) for each in facts]
    shown = (day.id, day.version) if day else ()
    etag("programme", programme.id, programme.version, known, story.mark, takes, shown, said)
    return render_template(
        "challenge/story/show_programme.html",
        programme=programme,
        budget=Money(programme.budget_minor) if programme.budget_minor else None,
        facts=[(kind, [each for each in facts if each.kind == kind]) for kind in FACT_KINDS],
        story=story,
        takes=takes,
        demo_day=day,
        languages_of={each.startup_id: each.startup_language for each in story.finalists},
        test_words=TESTS,
    )
