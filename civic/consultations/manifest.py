"""What consultations bring to the house."""

from civic.consultations import models
from civic.consultations.people_data import CARDS
from civic.core.manifest import Manifest

manifest = Manifest(name="consultations", personal_data=CARDS)
