"""What applying brings to the house."""

from civic.challenge.applying.people_data import CARDS
from civic.challenge.applying.subjects import SUBJECTS
from civic.core.manifest import Manifest

manifest = Manifest(name="challenge_applying", personal_data=CARDS, subjects=SUBJECTS)
