"""What is kept about people in lists and matches: the cards that the privacy notice prints."""

from flask_babel import lazy_gettext as _l

from civic.challenge.matching.models import Override, Places, Ranking, Run
from civic.core.manifest import PersonalData

WHICH = _l("Which one, and when")
_ROWS = (
    (Ranking, "edited_by_id", _l("Lists of startups or challenges that you edited last"), WHICH),
    (Ranking, "sent_by_id", _l("Lists of startups or challenges that you sent"), WHICH),
    (Places, "set_by_id", _l("Challenges whose places you set as a member of staff"), WHICH),
    (Run, "made_by_id", _l("Matches that you computed as a member of staff"), WHICH),
    (Run, "proposed_by_id", _l("Matches that you proposed as a member of staff"), WHICH),
    (Run, "published_by_id", _l("Matches that you published as a member of staff"), WHICH),
    (Override, "proposed_by_id", _l("Overrides of a match that you proposed as a member of staff"), _l("Which one, your reason and when")),
    (Override, "decided_by_id", _l("Overrides of a match that you decided as a member of staff"), WHICH),
)  # fmt: skip
CARDS = [
    PersonalData(
        model,
        person,
        title=title,
        fields=fields,
        purpose=_l("To match startups and partners fairly, and to know who answers for it"),
        basis=_l("Public task"),
        keep=_l("Six years after the programme has ended; without your name once your account is deleted"),
    )
    for model, person, title, fields in _ROWS
]
