"""What paper and phone answers keep about people."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import PersonalData
from civic.surveys.assisted.models import AssistedForm, PaperBatch, TypedEntry

_KEEP = _l("As long as the survey is kept; without your name once your account is deleted")

CARDS = [
    PersonalData(
        AssistedForm,
        person="person_id",
        title=_l("Answers on paper or by phone on their way"),
        fields=_l("That a form with your name is being typed in; never in an anonymous survey"),
        purpose=_l("To count your answers once, and as yours"),
        basis=_l("Public task"),
        keep=_l("Until the form is counted or set aside"),
    ),
    *(
        PersonalData(
            model,
            person=person,
            title=title,
            fields=_l("That you did it, and when"),
            purpose=_l("So that no form is typed twice by the same person"),
            basis=_l("Public task"),
            keep=_KEEP,
        )
        for model, person, title in (
            (PaperBatch, "created_by_id", _l("Batches of paper forms you began")),
            (AssistedForm, "settled_by_id", _l("Forms you settled")),
            (TypedEntry, "typist_id", _l("Forms you typed")),
        )
    ),
]
