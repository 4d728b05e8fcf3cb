"""What assessment brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.assessment import manage, refusals
from civic.assessment.access import may_assess, may_read_results, may_run
from civic.assessment.people_data import CARDS
from civic.assessment.queries.desk import panels_that_wait, what_waits_for_me
from civic.assessment.rules.ranking import against, money_over
from civic.assessment.wording import AssessmentWords
from civic.core.i18n import Words
from civic.core.manifest import Manifest, StaffTask

manifest = Manifest(
    name="assessment",
    blueprints=[manage.desk],
    staff_tasks=[
        StaffTask(_l("My assessments"), "assessment.list_my_assessments", may_assess, what_waits_for_me),
        StaffTask(_l("Assessment panels"), "assessment.list_panels", may_read_results, panels_that_wait),
        StaffTask(_l("Declared interests"), "assessment.list_interests", may_run),
    ],
    constraints={
        "uq_assessment_assignment_active": ("person", refusals.AlreadyAsked.sentence),
        "uq_panel_assessor_active": ("person", refusals.SitsAlready.sentence),
        "uq_assessed_item_subject": ("", refusals.ElsewhereAssessed.sentence),
        "uq_assessment_panel_owner": ("", _l("There is a panel for this already.")),
        "criteria_stay": ("", refusals.CriteriaFixed.sentence),
        "ck_interest_declaration_own": ("", refusals.LiftsOwn.sentence),
        "ck_interest_declaration_words": ("words", _l("Say what your interest is.")),
    },
    personal_data=CARDS,
    template_globals={
        "assessment_words": AssessmentWords,
        "against_budget": against,
        "money_over": money_over,
        "written": Words,
    },
)
