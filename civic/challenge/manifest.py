"""What the challenge brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.challenge import manage, views
from civic.challenge.access import may_see_desk
from civic.challenge.checked import CHECKED
from civic.challenge.checks import CHECKS
from civic.challenge.moderated import MODERATED
from civic.challenge.notices import NOTICES
from civic.challenge.people_data import CARDS
from civic.challenge.queries.briefs import what_waits
from civic.challenge.readable import CHALLENGE
from civic.challenge.translating import TRANSLATABLES
from civic.challenge.views.briefs import stage
from civic.challenge.wording import challenge_words, place_name
from civic.core.manifest import Manifest, StaffTask, Way

TAKEN = _l("This address is taken already. Choose a different one.")

manifest = Manifest(
    name="challenge",
    readables=[CHALLENGE],
    blueprints=[views.bp, manage.bp],
    template_globals={"challenge_words": challenge_words, "challenge_stage": stage, "place_name": place_name},
    ways=[
        Way(
            _l("Challenges"),
            "challenge.list_challenges",
            _l("Say which problems London should solve, and help to write the brief for those who solve them."),
            ("challenge", "applying", "challenge_matching", "testing", "challenge_support", "challenge_story"),
        )
    ],
    staff_tasks=[StaffTask(_l("Challenges"), "manage_challenge.show_desk", may_see_desk, what_waits)],
    constraints={
        "uq_programme_slug": ("slug", TAKEN),
        "uq_challenge_partner_slug": ("slug", TAKEN),
        "uq_challenge_slug": ("slug", TAKEN),
    },
    personal_data=CARDS,
    checks=CHECKS,
    moderated=MODERATED,
    translatables=TRANSLATABLES,
    notices=NOTICES,
    checked=CHECKED,
)
