"""What can be typed in moderation."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import (
    CheckboxField,
    DateTimeField,
    Form,
    HiddenField,
    IntegerField,
    Length,
    RadioField,
    Required,
    SelectField,
    TextAreaField,
    ValidationError,
)
from civic.moderation import wording
from civic.moderation.rules.house_rules import KEYS

WORDS = 2_000


class ReportForm(Form):
    """What is wrong with a text."""

    rule = RadioField(
        _l("Which house rule does it break?"),
        [Required(_l("Choose what is wrong with it."))],
        choices=[(key, wording.HOUSE_RULES[key][0]) for key in KEYS],
    )
    words = TextAreaField(
        _l("What should moderators know? (optional)"),
        [Length(max=WORDS)],
        description=_l("Only moderators read this. Its author is never told who reported it."),
    )

    def validate_words(self, field: Any) -> None:
        """Something else needs to be said."""
        if self.rule.data == "other" and not field.data:
            raise ValidationError(_l("Say what is wrong with it."))


RULES = [("", _l("Choose a house rule")), *((key, wording.HOUSE_RULES[key][0]) for key in KEYS)]


class Versioned(Form):
    """A form that says which version of a case was looked at."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that was looked at; none that ever was where it cannot be read."""
        given = self.version.data or ""
        return int(given) if given.isdecimal() and len(given) < 16 else 0


class DecisionForm(Versioned):
    """What becomes of a text, and why."""

    verb = RadioField(
        _l("What becomes of it?"),
        [Required(_l("Choose what becomes of it."))],
        choices=[("keep", _l("Keep it")), ("remove", _l("Remove it"))],
    )
    rule = SelectField(_l("House rule that it breaks"), choices=RULES)
    words = TextAreaField(
        _l("Reason in plain words"),
        [Required(_l("Give the reason in plain words.")), Length(max=WORDS)],
        description=_l("Its author reads this, and so does whoever reported it where it stays."),
    )
    warn = CheckboxField(
        _l("Warn its author as well"),
        description=_l("In the same words. Somebody who was warned may be suspended if it goes on."),
    )

    def validate_rule(self, field: Any) -> None:
        """Nothing is removed without a rule."""
        if self.verb.data == "remove" and not field.data:
            raise ValidationError(_l("Choose the house rule that was broken."))


class BulkForm(Form):
    """One decision about several texts."""

    verb = RadioField(
        _l("What becomes of those you ticked?"),
        [Required(_l("Choose what becomes of them."))],
        choices=[("keep", _l("Keep them")), ("remove", _l("Remove them"))],
    )
    rule = SelectField(_l("House rule that they break"), choices=RULES)
    words = TextAreaField(
        _l("Reason in plain words"),
        [Required(_l("Give the reason in plain words.")), Length(max=WORDS)],
        description=_l("Every author reads this."),
    )

    def validate_rule(self, field: Any) -> None:
        """Nothing is removed without a rule."""
        if self.verb.data == "remove" and not field.data:
            raise ValidationError(_l("Choose the house rule that was broken."))


class AppealForm(Form):
    """Why a decision was wrong."""

    words = TextAreaField(
        _l("Why should it be shown again?"),
        [Required(_l("Say why it should be shown again.")), Length(max=WORDS)],
        description=_l("Somebody who did not decide before reads this. You can appeal once."),
    )


class AppealDecisionForm(Versioned):
    """What comes of an appeal."""

    verb = RadioField(
        _l("What comes of the appeal?"),
        [Required(_l("Choose what comes of the appeal."))],
        choices=[("restore", _l("Show the text again")), ("uphold", _l("It stays removed"))],
    )
    words = TextAreaField(
        _l("Answer in plain words"),
        [Required(_l("Give the answer in plain words.")), Length(max=WORDS)],
        description=_l("Its author reads this."),
    )


class SuspensionAppealForm(Form):
    """Why a suspension was wrong."""

    words = TextAreaField(
        _l("Why should your suspension end?"),
        [Required(_l("Say why your suspension should end.")), Length(max=WORDS)],
        description=_l("Somebody who did not decide before reads this. You can appeal once."),
    )


class SuspensionAppealDecisionForm(Form):
    """What comes of an appeal against a suspension."""

    verb = RadioField(
        _l("What comes of the appeal?"),
        [Required(_l("Choose what comes of the appeal."))],
        choices=[("restore", _l("The suspension ends now")), ("uphold", _l("The suspension stands"))],
    )
    words = TextAreaField(
        _l("Answer in plain words"),
        [Required(_l("Give the answer in plain words.")), Length(max=WORDS)],
        description=_l("They read this."),
    )


class NoteForm(Form):
    """Something for the other moderators."""

    words = TextAreaField(
        _l("Note for other moderators"),
        [Required(_l("Write the note.")), Length(max=WORDS)],
        description=_l("Nobody else reads it, but the person it is about may ask to see it."),
    )


class WarningForm(Form):
    """A warning."""

    words = TextAreaField(
        _l("What do you warn them of?"),
        [Required(_l("Say what they did and what is not allowed.")), Length(max=WORDS)],
        description=_l("They read this."),
    )


class SuspensionForm(Form):
    """For how long and why somebody may not publish."""

    days = IntegerField(_l("For how many days?"), [Required(_l("Enter a number of days."))])
    words = TextAreaField(
        _l("Why?"),
        [Required(_l("Give the reason in plain words.")), Length(max=WORDS)],
        description=_l("They read this."),
    )
    without_warning = TextAreaField(
        _l("Why would a warning not be enough?"),
        [Length(max=WORDS)],
        description=_l("Only where nobody has warned them within twelve months. It is kept in the audit log."),
    )

    def validate_days(self, field: Any) -> None:
        """A suspension ends."""
        if field.data is not None and not 1 <= field.data <= 365:
            raise ValidationError(_l("Enter a number from 1 to 365."))


class LiftForm(Form):
    """Why a suspension ends before its time."""

    why = TextAreaField(
        _l("Why does it end now?"),
        [Required(_l("Give a reason.")), Length(max=WORDS)],
        description=_l("They read this."),
    )


class PeriodForm(Form):
    """When, whose posts wait, and why."""

    starts_at = DateTimeField(_l("From"), [Required(_l("Enter when it begins."))])
    ends_at = DateTimeField(_l("Until"), [Required(_l("Enter when it ends."))])
    holds_back = RadioField(
        _l("Whose posts wait for a moderator?"),
        [Required(_l("Choose whose posts wait."))],
        choices=[("everybody", _l("Everybody’s")), ("newcomers", _l("Those of new accounts"))],
    )
    why = TextAreaField(
        _l("Reason"),
        [Required(_l("Say which election this is for, and why posts wait.")), Length(max=WORDS)],
        description=_l("Everybody reads this where they can post something."),
    )

    def validate_ends_at(self, field: Any) -> None:
        """A period ends after it begins."""
        if field.data and self.starts_at.data and field.data <= self.starts_at.data:
            raise ValidationError(_l("It must end after it begins."))
