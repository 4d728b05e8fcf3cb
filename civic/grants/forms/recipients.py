"""What a recipient writes: claims, evidence, reports, that they do not need it."""

from flask_babel import lazy_gettext as _l

from civic.core.forms import (
    CheckboxField,
    FileField,
    Form,
    HiddenField,
    Length,
    MoneyField,
    Optional,
    Required,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.grants.forms.parts import CAPITAL, NOTHING, REVENUE, SeenForm
from civic.grants.rules.amounts import Amounts


class WithPaper(SeenForm):
    """A form beside whose words evidence can be added, one file after the other."""

    paper = FileField(
        _l("A file"), description=_l("PDF, PNG or JPEG, at most 8 MB. Only you and our staff can see it.")
    )
    paper_title = TextField(
        _l("What does the file show?"), [Length(max=120)], description=_l("For example: invoice of the builder.")
    )
    act = HiddenField()

    def validate_paper(self, field: FileField) -> None:
        """Only who adds a paper needs one; one that was chosen is never lost in silence."""
        if self.act.data == "paper" and not field.data:
            raise ValidationError(_l("Choose a file."))

    def validate_paper_title(self, field: TextField) -> None:
        """A paper has a title, by which it is found."""
        if self.paper.data and not field.data:
            raise ValidationError(_l("Say what the file shows."))


class ClaimForm(WithPaper):
    """That the condition of an instalment is met."""

    words = TextAreaField(
        _l("How is the condition met?"),
        [Length(max=4000)],
        description=_l("Two or three sentences: what was done, and which of the files shows it."),
    )

    def validate_words(self, field: TextAreaField) -> None:
        """A claim says something; what is only kept may be empty."""
        if self.act.data == "send" and not field.data:
            raise ValidationError(_l("Say how the condition is met."))


class ReportForm(WithPaper):
    """What was done and spent."""

    text = TextAreaField(
        _l("What was done, for whom, and what comes next?"),
        [Length(max=20_000)],
        description=_l("It need not be long. Say also what went differently than you planned."),
    )
    spent_capital = MoneyField(CAPITAL, [Optional()])
    spent_revenue = MoneyField(REVENUE, [Optional()])

    def validate_text(self, field: TextAreaField) -> None:
        """A report says something; what is only kept may be empty."""
        if self.act.data == "send" and not field.data:
            raise ValidationError(_l("Write your report."))

    @property
    def spent(self) -> Amounts:
        """How much of the award is spent so far."""
        return Amounts(self.spent_capital.data or NOTHING, self.spent_revenue.data or NOTHING)


class DeclineForm(Form):
    """That the money is not needed."""

    words = TextAreaField(
        _l("Why do you not need it? (optional)"),
        [Length(max=2000)],
        description=_l("It helps us to give it to somebody else well."),
    )
    is_sure = CheckboxField(
        _l("We do not need this money, and we know that it goes to others"),
        [Required(_l("Tick the box if you are sure."))],
    )
