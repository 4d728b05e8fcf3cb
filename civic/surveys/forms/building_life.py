"""Forms for a survey's dates, its closing and reopening, and the publication of results."""

from flask_babel import lazy_gettext as _l

from civic.core.forms import CheckboxesField, DateTimeField, Form, Length, TextAreaField

KEPT = _l("Kept on record with your name and the time.")


class DatesForm(Form):
    """When a survey opens and closes, London time."""

    opens_at = DateTimeField(
        _l("Opens (optional)"), description=_l("Leave empty to open at launch. London time, for example 09:00.")
    )
    closes_at = DateTimeField(_l("Closes"), description=_l("23:59 if you leave the time empty."))
    why = TextAreaField(
        _l("Reason for bringing the closing date forward"),
        [Length(1000)],
        description=_l("Only needed for an earlier date."),
    )


class ClosureForm(Form):
    """Why a survey is closed now."""

    why = TextAreaField(
        _l("Reason"),
        [Length(1000)],
        description=_l("Needed when it closes before the announced date. It is kept on record."),
    )


class ReopeningForm(Form):
    """Why answers are taken again, and until when."""

    why = TextAreaField(_l("Reason"), [Length(1000)], description=KEPT)
    closes_at = DateTimeField(_l("Closes"), description=_l("23:59 if you leave the time empty."))


class ArchiveForm(Form):
    """Why a survey is put away."""

    why = TextAreaField(_l("Reason (optional)"), [Length(1000)], description=KEPT)


class PublicationForm(Form):
    """The sections whose results everyone may see."""

    sections = CheckboxesField(
        _l("Sections whose results everyone may see"), description=_l("None selected takes the results back.")
    )
