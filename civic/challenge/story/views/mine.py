"""What a person must do next in the challenge, for every part they have in it."""

from flask import render_template

from civic.accounts.access import is_signed_in
from civic.challenge.applying.queries.seats import startups_of
from civic.challenge.queries.seats import partners_of
from civic.challenge.story.queries.due import due_for
from civic.challenge.story.queries.mine import applications_of, challenges_owned
from civic.challenge.story.views import bp
from civic.core import clock
from civic.core.clock import london_today
from civic.core.doors import allowed
from civic.core.person import me


@bp.get("/account/challenges")
@allowed(is_signed_in)
def show_mine() -> str:
    """As a startup, a partner, a mentor: what is due, overdue first, and everything that is one's own."""
    now, person = clock.now(), me()
    startups, partners = startups_of(person.id), partners_of(person.id)
    return render_template(
        "challenge/story/show_mine.html",
        due=due_for(person.id, now),
        startups=startups,
        applications=applications_of([each.id for each in startups]),
        partners=partners,
        owned=challenges_owned([each.id for each in partners]),
        today=london_today(now),
    )
