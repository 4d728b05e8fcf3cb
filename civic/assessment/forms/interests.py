"""Declaring an interest, and saying why something is done."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import Form, Length, RadioField, Required, TextAreaField


class DeclarationForm(Form):
    """Whether somebody has an interest, and which."""

    has_interest = RadioField(
        _l("Do you have an interest in this?"),
        [Required(_l("Say whether you have an interest."))],
        choices=[("no", _l("No, I have none")), ("yes", _l("Yes, I have an interest"))],
        description=_l(
            "You have one if you, your family, a close friend or an organisation you belong to could gain or lose by it, "
            "or if others could think so."
        ),
    )
    words = TextAreaField(_l("What is your interest?"), [Length(max=2000)], description=_l("In a sentence or two."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Whoever has an interest says which."""
        fine = super().validate(extra_validators)
        if self.has_interest.data == "yes" and not self.words.data and not self.words.errors:
            self.words.errors = [_l("Say what your interest is.")]
            return False
        return fine


class InterestForm(Form):
    """An interest that comes up later: there is nothing to say but which."""

    words = TextAreaField(
        _l("What is your interest?"),
        [Required(_l("Say what your interest is.")), Length(max=2000)],
        description=_l("In a sentence or two."),
    )


class WhyForm(Form):
    """Why something is done; it stays on record."""

    why = TextAreaField(
        _l("Reason"),
        [Required(_l("Give a reason.")), Length(max=1000)],
        description=_l("It is on record with your name."),
    )


class SureForm(Form):
    """Nothing to type: only the mark of what was shown and is now confirmed."""
