"""What is kept about people here: the card that the privacy notice prints."""

from flask_babel import lazy_gettext as _l

from civic.authoring.models import AdviceOverride
from civic.core.manifest import PersonalData

CARDS = [
    PersonalData(
        AdviceOverride,
        person="by_id",
        title=_l("Pages you published against advice"),
        fields=_l("Which page, which remarks, your reason, and when"),
        purpose=_l("So that it can be seen later why a page went out with a known barrier"),
        basis=_l("Legal obligation"),
        keep=_l("As long as the page is kept; without your name once your account is deleted"),
    )
]
