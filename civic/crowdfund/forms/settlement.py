"""What officers type about a campaign that fell short."""

from flask_babel import lazy_gettext as _l

from civic.core.forms import Form, IntegerField, Length, RadioField, Required, TextAreaField, ValidationError
from civic.crowdfund.actions.shortfall import BadDays
from civic.crowdfund.rules.settlement import MOST_EXTRA_DAYS
from civic.crowdfund.wording.settlement import CHOICES


class ProposalForm(Form):
    """What one officer proposes, and why."""

    choice = RadioField(
        _l("What should happen?"), [Required(_l("Choose what should happen."))], choices=list(CHOICES.items())
    )
    days = IntegerField(_l("How many days more?"), description=_l("From 1 to 30, until the end of that day."))
    why = TextAreaField(
        _l("Why?"),
        [Required(_l("Say why.")), Length(1000)],
        description=_l("Kept on record with your name, and shown to the officer who decides."),
    )

    def validate_days(self, field: IntegerField) -> None:
        """More time has a length; the other choices have none."""
        is_fine = field.data is not None and 1 <= field.data <= MOST_EXTRA_DAYS
        if self.choice.data == "extend" and not is_fine and not field.errors:
            raise ValidationError(str(BadDays.sentence))
