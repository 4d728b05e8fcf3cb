"""What managers type: a call, reasons, answers, interviews and their records."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.accounts.rules.choices import ORGANISATION_KINDS
from civic.accounts.wording import KIND_NAMES
from civic.challenge.applying.models import Call
from civic.challenge.applying.rules.choices import STAGES as STAGE_CODES
from civic.challenge.applying.rules.eligibility import KINDS
from civic.challenge.applying.wording import CONDITIONS, STAGES
from civic.core.forms import (
    CheckboxesField,
    DateField,
    DateTimeField,
    Form,
    IntegerField,
    Length,
    MoneyField,
    Optional,
    RadioField,
    Required,
    SelectField,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.i18n import LANGUAGES
from civic.core.money import Money

LANGUAGE_CHOICES = [(each.code, each.name) for each in LANGUAGES.values()]
FEEDBACK_MOST = 4_000


def between(low: int, high: int, message: Any) -> Any:
    """A whole number from `low` to `high`."""

    def check(form: Form, field: Any) -> None:
        if field.data is not None and not low <= field.data <= high:
            raise ValidationError(message)

    return check


class CallForm(Form):
    """When startups may apply, by which rules, and for how much."""

    programme = SelectField(_l("Programme"), [Required(_l("Choose a programme."))], coerce=int)
    opens_at = DateTimeField(_l("Startups can apply from"), [Optional()], description=_l("London time."))
    closes_at = DateTimeField(
        _l("Deadline"),
        [Optional()],
        description=_l("London time, to the second. Nobody reads an application before, and none is taken afterwards."),
    )
    scores_by = DateField(_l("Assessors send their scores by"), [Optional()])
    interviews_on = DateField(_l("Interviews"), [Optional()], description=_l("The day on which they begin."))
    answers_by = DateField(_l("Everybody has an answer by"), [Optional()])
    ranks_close_at = DateTimeField(_l("Startups and partners rank each other until"), [Optional()])
    demo_day_on = DateField(_l("Demo day"), [Optional()])
    grant = MoneyField(_l("Grant for one test"), [Required(_l("Enter a sum."))])
    finalists = IntegerField(
        _l("Finalists of each challenge"),
        [Required(_l("Enter a number.")), between(1, 50, _l("Enter a number from 1 to 50."))],
        description=_l("As planned. It draws a line in the ranked list; you choose who is shortlisted."),
    )
    interview_weight = IntegerField(
        _l("How much an interview counts, in percent of the last result"),
        [Required(_l("Enter a number.")), between(0, 100, _l("Enter a number from 0 to 100."))],
        description=_l("The rest is what was written. Applicants read this share."),
    )
    conditions = CheckboxesField(
        _l("What everybody who applies must meet"), choices=[(kind, CONDITIONS[kind]) for kind in KINDS]
    )
    organisation_kinds = CheckboxesField(
        _l("Which kinds of organisations?"),
        choices=[(kind, KIND_NAMES[kind]) for kind in ORGANISATION_KINDS],
        description=_l("Only where you ask for some kinds of organisations."),
    )
    stage = SelectField(
        _l("Which stage must be reached?"),
        choices=[(code, STAGES[code]) for code in STAGE_CODES],
        description=_l("Only where you ask for a stage."),
    )
    guidance = TextAreaField(
        _l("What applicants should know besides"), [Length(max=6000)], description=_l("Everybody reads it.")
    )
    language = SelectField(_l("Language of this text"), choices=LANGUAGE_CHOICES)

    def validate_closes_at(self, field: DateTimeField) -> None:
        """After the opening."""
        if field.data and self.opens_at.data and field.data <= self.opens_at.data:
            raise ValidationError(_l("The deadline must come after the opening."))

    def validate_organisation_kinds(self, field: CheckboxesField) -> None:
        """Some, where the condition is chosen."""
        if "organisation_kinds" in (self.conditions.data or []) and not field.data:
            raise ValidationError(_l("Choose at least one kind of organisation."))

    def validate_grant(self, field: MoneyField) -> None:
        """More than nothing."""
        if field.data is not None and field.data.minor <= 0:
            raise ValidationError(_l("Enter a sum above zero."))

    def facts(self) -> dict[str, Any]:
        """What was typed, as the row keeps it."""
        dates = ("opens_at", "closes_at", "scores_by", "interviews_on", "answers_by", "ranks_close_at", "demo_day_on")
        found: dict[str, Any] = {name: self[name].data for name in (*dates, "finalists", "interview_weight")}
        assert isinstance(self.grant.data, Money)
        values = {"organisation_kinds": list(self.organisation_kinds.data or []), "stage_at_least": self.stage.data}
        chosen = [kind for kind in KINDS if kind in (self.conditions.data or [])]
        found["conditions"] = [{"kind": kind} | ({"value": values[kind]} if kind in values else {}) for kind in chosen]
        texts = {"guidance": self.guidance.data or "", "language": self.language.data}
        return found | texts | {"grant_minor": self.grant.data.minor}

    @classmethod
    def of(cls, call: Call) -> CallForm:
        """The form as a call stands."""
        values = {each["kind"]: each.get("value") for each in call.conditions}
        data = {
            "grant": call.grant,
            "conditions": list(values),
            "organisation_kinds": values.get("organisation_kinds") or [],
            "stage": values.get("stage_at_least") or STAGE_CODES[1],
        }
        return cls(formdata=None, obj=call, data=data)


class WhyForm(Form):
    """Why something is done; those whom it is about read it."""

    why = TextAreaField(_l("Why?"), [Required(_l("Give a reason.")), Length(max=2000)])


class FeedbackForm(Form):
    """What becomes of one application, and words for its people."""

    act = RadioField(
        _l("What becomes of it?"),
        [Required(_l("Choose what becomes of it."))],
        choices=[("shortlist", _l("Shortlist it")), ("pass_over", _l("Do not shortlist it"))],
    )
    feedback = TextAreaField(
        _l("What its people read"),
        [Length(max=FEEDBACK_MOST)],
        description=_l(
            "What was good, and what would have made it stronger. It is needed where it is not shortlisted."
        ),
    )
    language = SelectField(_l("Language of your answer"), choices=LANGUAGE_CHOICES)

    def validate_feedback(self, field: TextAreaField) -> None:
        """Nobody is passed over without words."""
        if self.act.data == "pass_over" and not (field.data or "").strip():
            raise ValidationError(_l("Write what would have made it stronger. They read it."))


class AnswerForm(Form):
    """One of several answers that are given together."""

    feedback = TextAreaField(
        _l("What its people read"),
        [Required(_l("Write what would have made it stronger. They read it.")), Length(max=FEEDBACK_MOST)],
    )
    language = SelectField(_l("Language of your answer"), choices=LANGUAGE_CHOICES)


class SureForm(Form):
    """A button that asks nothing more."""


class InterviewForm(Form):
    """When and where a startup is heard, and by whom."""

    at = DateTimeField(_l("When?"), [Required(_l("Enter a day and a time."))], description=_l("London time."))
    minutes = IntegerField(
        _l("How long, in minutes?"),
        [Required(_l("Enter a number.")), between(5, 480, _l("Enter a number from 5 to 480."))],
    )
    place = TextField(_l("Where?"), [Length(max=300)], description=_l("An address, with the room."))
    link = TextField(_l("Or a link to an online meeting"), [Optional(), Length(max=500)])
    told = TextAreaField(
        _l("What should the startup prepare?"),
        [Length(max=2000)],
        description=_l("Say also how to get in, and that you meet needs that they tell you of."),
    )
    language = SelectField(_l("Language of this text"), choices=LANGUAGE_CHOICES)
    people = CheckboxesField(_l("Who hears them?"), [Required(_l("Choose at least one person."))], coerce=int)

    def validate_link(self, field: TextField) -> None:
        """An address that a browser can open."""
        if field.data and not field.data.startswith(("https://", "http://")):
            raise ValidationError(_l("Enter a web address, like https://example.org."))

    def validate_place(self, field: TextField) -> None:
        """A place or a link."""
        if not field.data and not self.link.data:
            raise ValidationError(_l("Enter a place, or a link to an online meeting."))

    def facts(self) -> dict[str, Any]:
        """What was typed, as the row keeps it."""
        texts = {name: self[name].data or "" for name in ("place", "link", "told")}
        return texts | {"at": self.at.data, "minutes": self.minutes.data, "language": self.language.data}


class RecordForm(Form):
    """What was said."""

    record = TextAreaField(
        _l("What was said"),
        [Required(_l("Write what was said.")), Length(max=10_000)],
        description=_l("For those who score it: questions, answers, and what was shown. No marks yet."),
    )
    language = SelectField(_l("Language of this text"), choices=LANGUAGE_CHOICES)
