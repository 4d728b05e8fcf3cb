"""What an organiser types about what was done with the money."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import NumberRange

from civic.core.forms import (
    ChoiceRequired,
    DateField,
    Form,
    IntegerField,
    Length,
    MoneyField,
    Optional,
    RadioField,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.money import Money
from civic.crowdfund.actions.delivery import Told
from civic.crowdfund.models import CampaignCost, DeliveryReport


class NewReportForm(Form):
    """Which kind of report."""

    kind = RadioField(
        _l("Which report do you want to write?"),
        [ChoiceRequired(_l("Choose a kind of report."))],
        choices=[
            ("progress", _l("Progress report: how it is going, and what was spent so far")),
            ("final", _l("Final report: everything is done, and every pound is accounted for")),
        ],
    )


class ReportForm(Form):
    """What was done; for each cost of the campaign `spent_<id>` and `note_<id>` are added."""

    text = TextAreaField(
        _l("What has happened?"),
        [Length(max=12_000)],
        description=_l("What was done, what people say, what comes next. Leave an empty line between paragraphs."),
    )
    volunteers = IntegerField(
        _l("How many volunteers took part? (optional)"),
        [Optional(), NumberRange(0, 100_000, message=_l("Enter a number from 0 to 100,000."))],
    )
    learned = TextAreaField(
        _l("What did you learn? (optional)"),
        [Length(max=4000)],
        description=_l("What you would do differently, for whoever tries something like it."),
    )
    unspent = TextAreaField(
        _l("What happens with what is left, or where did more come from?"),
        [Length(max=1500)],
        description=_l("Needed in the final report unless everything that came was spent to the penny."),
    )

    def told(self, costs: Sequence[CampaignCost]) -> Told:
        """What was typed."""
        spent = {
            cost.id: (self[f"spent_{cost.id}"].data or Money(0), self[f"note_{cost.id}"].data or "") for cost in costs
        }
        return Told(
            text=self.text.data or "",
            learned=self.learned.data or "",
            volunteers=self.volunteers.data,
            unspent=self.unspent.data or "",
            spent=spent,
        )


def report_form(costs: Sequence[CampaignCost]) -> type[ReportForm]:
    """The form of a report on these costs."""
    fields: dict[str, Any] = {}
    for cost in costs:
        fields[f"spent_{cost.id}"] = MoneyField(_l("Spent so far"))
        fields[f"note_{cost.id}"] = TextField(_l("Why it differs from the plan"), [Length(max=600)])
    return type("ReportForm", (ReportForm,), fields)


def filled(form_of: type[ReportForm], report: DeliveryReport) -> ReportForm:
    """The form with what stands in a draft."""
    data: dict[str, Any] = {name: getattr(report, name) for name in ("text", "volunteers", "learned", "unspent")}
    for line in report.lines:
        data |= {f"spent_{line.cost_id}": Money(line.spent_minor), f"note_{line.cost_id}": line.note}
    return form_of(formdata=None, data=data)


class DoneForm(Form):
    """When a milestone was done."""

    done_on = DateField(_l("On which day was it done?"), description=_l("Leave it empty if it is not done after all."))

    def __init__(self, *args: Any, today: Any = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.today = today

    def validate_done_on(self, field: DateField) -> None:
        """Nothing is done tomorrow."""
        if field.data and self.today and field.data > self.today:
            raise ValidationError(_l("Enter today or a day in the past."))
