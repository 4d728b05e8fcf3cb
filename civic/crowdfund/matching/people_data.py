"""What is kept about people in match funding; printed as the privacy notice."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import PersonalData
from civic.crowdfund.matching.models import MatchPlace, MatchScheme, MatchSignal

KEEP = _l("Six years after the scheme ended, as the accounts are kept")
_ROWS = (
    (
        MatchScheme,
        "created_by_id",
        _l("Schemes of match funding you wrote as a member of staff"),
        _l("Which one, and when"),
    ),
    (MatchScheme, "proposed_by_id", _l("Schemes you proposed"), _l("Which one, why and when")),
    (MatchScheme, "approved_by_id", _l("Schemes you approved"), _l("Which one, the number and when")),
    (MatchPlace, "added_by_id", _l("Campaigns you let join a scheme"), _l("Which ones, and when")),
    (
        MatchSignal,
        "decided_by_id",
        _l("Decisions about signals you took as a member of staff"),
        _l("Which one, your reason and when"),
    ),
)
CARDS = [
    PersonalData(
        model,
        person,
        title=title,
        fields=fields,
        purpose=_l("So that two people stand behind every promise of match funding"),
        basis=_l("Public task"),
        keep=KEEP,
    )
    for model, person, title, fields in _ROWS
]
