"""What staff type when they check a campaign."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import Form, Length, Optional, RadioField, Required, TextAreaField, TextField
from civic.crowdfund.models import CampaignCheck
from civic.crowdfund.rules.choices import CHECK_ITEMS
from civic.crowdfund.wording import CHECK_ITEMS as ITEM_WORDS
from civic.crowdfund.wording import RESULT_NAMES, choices


class ChecksForm(Form):
    """The check list: for each item a result (`<item>`) and a note (`<item>_note`)."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Whoever finds a problem, or a point needless, says why."""
        fine = super().validate(extra_validators)
        for item in CHECK_ITEMS:
            if self[item].data in ("problem", "not_needed") and not self[f"{item}_note"].data:
                self[f"{item}_note"].errors = [_l("Write down what you found.")]
                fine = False
        return fine

    def results(self) -> dict[str, tuple[str, str]]:
        """What was answered, by item."""
        return {item: (self[item].data, self[f"{item}_note"].data or "") for item in CHECK_ITEMS if self[item].data}

    def fill(self, found: dict[str, CampaignCheck]) -> None:
        """Show what was answered before."""
        for item, check in found.items():
            self[item].data, self[f"{item}_note"].data = check.result, check.note


for _item in CHECK_ITEMS:
    _title, _looks_for = ITEM_WORDS[_item]
    _choices = choices(RESULT_NAMES)
    setattr(ChecksForm, _item, RadioField(_title, [Optional()], choices=_choices, description=_looks_for))
    setattr(ChecksForm, f"{_item}_note", TextField(_l("Note"), [Length(max=600)]))


class ReturnForm(Form):
    """Why a campaign is returned."""

    why = TextAreaField(
        _l("What must change, or what is missing?"),
        [Required(_l("Write down what must change, or what is missing.")), Length(max=4000)],
        description=_l(
            "Everybody who acts for the organisation reads this. Say it kindly, and say what would be enough."
        ),
    )


class StopForm(Form):
    """Why a live campaign is stopped."""

    why = TextAreaField(
        _l("Reason"),
        [Required(_l("Give a reason.")), Length(max=1000)],
        description=_l("Everybody who pledged reads this, and it stands on the page."),
    )
