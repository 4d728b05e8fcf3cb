"""What is kept about people around consultations; printed as the privacy notice."""

from flask_babel import lazy_gettext as _l

from civic.consultations import models
from civic.core.manifest import PersonalData

_TASK = _l("Public task")
_KEEP = _l("As long as the consultation is on record")

_BY_STAFF = (
    (models.Consultation, "officer_id", _l("Consultations you are responsible for"), _l("Which consultation")),
    (models.Consultation, "submitted_by_id", _l("Outcomes you handed over to be signed"), _l("Which one, and when")),
    (models.Consultation, "signed_by_id", _l("Outcomes you signed"), _l("Which one, and when")),
    (models.Update, "by_id", _l("Updates you posted about consultations"), _l("What you wrote, and when")),
    (models.OnRecord, "by_id", _l("Reasons you put on record"), _l("What you wrote, and when")),
    (models.DateChange, "by_id", _l("Closing dates you moved"), _l("From when to when, why, and when you did it")),
    (
        models.Link,
        "by_id",
        _l("Contributions you read as a member of staff"),
        _l("Which theme and fate you recorded, why and when"),
    ),
    (models.Writer, "person_id", _l("Outcomes you wrote on"), _l("Which one")),
)

CARDS = [
    *(
        PersonalData(
            model,
            person=column,
            title=title,
            fields=fields,
            purpose=_l("To be able to say who did what for a consultation"),
            basis=_TASK,
            keep=_KEEP,
        )
        for model, column, title, fields in _BY_STAFF
    ),
    PersonalData(
        models.Follow,
        person="person_id",
        title=_l("Consultations you follow"),
        fields=_l("Which ones, and since when"),
        purpose=_l("To tell you what happens, because you asked for it"),
        basis=_l("Consent"),
        keep=_l("Until you stop following, or delete your account"),
    ),
    PersonalData(
        models.Informed,
        person="person_id",
        title=_l("Outcomes you were told of"),
        fields=_l("Which consultation’s outcome you were told of"),
        purpose=_l("So that everybody who took part is told once"),
        basis=_TASK,
        keep=_KEEP,
    ),
]
