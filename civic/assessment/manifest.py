"""What assessment brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.assessment import refusals
from civic.assessment.people_data import CARDS
from civic.core.manifest import Manifest

manifest = Manifest(
    name="assessment",
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
)
