"""What is kept about people in lists and matches: the cards that the privacy notice prints."""

from flask_babel import lazy_gettext as _l

from civic.challenge.matching.models import Override, Places, Ranking, Run
from civic.core.manifest import PersonalData

WHICH = _l("Which one, and when")
# A match holds the lists of both sides, and a list is its side's own: a card holds no more than what a person did.
_ROWS = (
    (Ranking, "edited_by_id", _l("Lists of startups or challenges that you edited last"), WHICH, ("id", "edited_at")),
    (Ranking, "sent_by_id", _l("Lists of startups or challenges that you sent"), WHICH, ("id", "sent_at")),
    (Places, "set_by_id", _l("Challenges whose places you set as a member of staff"), WHICH, ("id", "challenge_id", "set_at")),
    (Run, "made_by_id", _l("Matches that you computed as a member of staff"), WHICH, ("id", "call_id", "number", "made_at")),
    (Run, "proposed_by_id", _l("Matches that you proposed as a member of staff"), WHICH, ("id", "call_id", "number", "proposed_at")),
    (Run, "published_by_id", _l("Matches that you published as a member of staff"), WHICH, ("id", "call_id", "number", "published_at")),
    (
        Override, "proposed_by_id", _l("Overrides of a match that you proposed as a member of staff"),
        _l("Which one, your reason and when"), ("id", "run_id", "reason", "proposed_at"),
    ),
    (Override, "decided_by_id", _l("Overrides of a match that you decided as a member of staff"), WHICH, ("id", "run_id", "decided_at")),
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
        only=only,
    )
    for model, person, title, fields, only in _ROWS
]
