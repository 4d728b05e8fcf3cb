"""What translation brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import Manifest, StaffTask
from civic.translation import advising, checks, jobs, machines, manage, refusals, views
from civic.translation.access import may_translate
from civic.translation.moderated import MODERATED
from civic.translation.notices import NOTICES
from civic.translation.people_data import CARDS
from civic.translation.queries.suggestions import how_many_wait
from civic.translation.views.note import translation_note
from civic.translation.wording import language_name

manifest = Manifest(
    name="translation",
    blueprints=[views.bp, manage.bp],
    setup=[machines.init_app],
    jobs=[jobs.forget_translation_files],
    periodic=[(jobs.forget_translation_files, "25 3 * * *")],
    checks=checks.CHECKS,
    constraints={
        "uq_translation_approved": ("", refusals.ChangedMeanwhile.sentence),
        "uq_translation_draft": ("", refusals.ChangedMeanwhile.sentence),
        "uq_translation_thing_field_language_number": ("", refusals.ChangedMeanwhile.sentence),
        "ck_translation_four_eyes": ("", refusals.NotYourOwn.sentence),
        "uq_glossary_term_term": ("term", refusals.KnownTerm.sentence),
    },
    staff_tasks=[
        StaffTask(_l("Translations"), "manage_translation.list_things", may_translate, how_many_wait),
    ],
    personal_data=CARDS,
    moderated=MODERATED,
    notices=NOTICES,
    advisers=advising.ADVISERS,
    template_globals={"translation_note": translation_note, "language_in_words": language_name},
)
