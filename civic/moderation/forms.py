"""What can be typed in moderation."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import Form, Length, RadioField, Required, TextAreaField, ValidationError
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
