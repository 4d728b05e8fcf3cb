"""What match funding brings to the house."""

from civic.core.manifest import Manifest
from civic.crowdfund.matching import checks, listeners
from civic.crowdfund.matching.people_data import CARDS
from civic.crowdfund.matching.refusals import ProposedIt
from civic.crowdfund.matching.subjects import SUBJECTS

manifest = Manifest(
    name="matching",
    listeners=listeners.LISTENERS,
    checks=[*checks.CHECKS],
    subjects=SUBJECTS,
    personal_data=CARDS,
    constraints={"ck_match_scheme_four_eyes": ("", ProposedIt.SENTENCE)},
)
