"""What notifications bring to the house."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import Manifest, PersonalData
from civic.notifications import models

manifest = Manifest(
    name="notifications",
    personal_data=[
        PersonalData(
            models.Notification,
            "person_id",
            title=_l("What you were told"),
            fields=_l("Which news of something that you follow or took part in, and when"),
            purpose=_l("To keep the promise that whoever takes part hears what came of it"),
            basis=_l("Public task"),
            keep=_l("One year"),
        )
    ],
)
