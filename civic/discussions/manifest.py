"""What discussions bring to the house."""

from flask_babel import lazy_gettext as _l

from civic.accounts.events import SignedIn
from civic.core.manifest import Manifest, StaffTask, Way
from civic.discussions import checks, jobs, manage, views
from civic.discussions.access import may_see_staff_pages
from civic.discussions.actions import counts, telling
from civic.discussions.checked import CHECKED
from civic.discussions.commands import recount_discussions
from civic.discussions.given import ACTIVITIES, CONTRIBUTIONS
from civic.discussions.importing.command import import_discussion
from civic.discussions.moderated import MODERATED
from civic.discussions.notices import NOTICES
from civic.discussions.people_data import CARDS
from civic.discussions.rules.excerpts import plain
from civic.discussions.translating import TRANSLATABLES, hear_of_translation
from civic.discussions.views.browser import attach_to_account
from civic.discussions.views.showing import address_of, drawn_row, drawn_text
from civic.discussions.wording import talk_words
from civic.translation.events import TranslationChanged

manifest = Manifest(
    name="discussions",
    blueprints=[views.bp, manage.bp],
    listeners={SignedIn: [attach_to_account], TranslationChanged: [hear_of_translation]},
    template_globals={
        "address_of": address_of,
        "drawn_text": drawn_text,
        "plain_words": plain,
        "talk_words": talk_words,
        "row_of_thread": drawn_row,
    },
    ways=[
        Way(
            _l("Discussions"),
            "discussions.list_topics",
            _l("Say what you think, put ideas forward, and hear from City Hall."),
            ("discussions",),
        )
    ],
    staff_tasks=[StaffTask(_l("Discussions"), "manage_discussions.list_topics", may_see_staff_pages)],
    jobs=[telling.tell_of_comment, telling.tell_of_thread, telling.tell_of_idea, jobs.sweep],
    periodic=[(jobs.sweep, "20 3 * * *")],
    personal_data=CARDS,
    checks=[counts.wrong_counts, *checks.CHECKS],
    commands=[recount_discussions, import_discussion],
    moderated=MODERATED,
    translatables=TRANSLATABLES,
    notices=NOTICES,
    checked=CHECKED,
    activities=ACTIVITIES,
    contributions=CONTRIBUTIONS,
)
