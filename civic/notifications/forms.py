"""What can be chosen: a pace for each kind of news, and what holds for all of them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import CheckboxField, Form, RadioField, Required
from civic.core.manifest import Notice
from civic.notifications.rules import Wishes
from civic.notifications.wording import PACES


class ChoicesForm(Form):
    """What holds for every kind of news; `choices_form` adds a question for each kind that the house declares."""

    only_mine = CheckboxField(
        _l("Email me only about what I took part in"),
        description=_l("Everything else then stands here only, and is not sent."),
    )
    no_weekly = CheckboxField(_l("Do not send me the weekly letter"))
    paused = CheckboxField(
        _l("Stop all of these emails for now"),
        description=_l("You find everything here. Choose again whenever you like."),
    )

    @property
    def wishes(self) -> Wishes:
        """What was chosen for all kinds together."""
        return Wishes(bool(self.only_mine.data), bool(self.no_weekly.data), bool(self.paused.data))

    def paces(self, notices: Iterable[Notice]) -> dict[str, str]:
        """The pace that was chosen for each of these kinds."""
        return {notice.key: self[field_name(notice)].data for notice in notices}


def choices_form(notices: Iterable[Notice], **options: Any) -> ChoicesForm:
    """The form with a question for each of these kinds of news."""
    questions = {
        field_name(notice): RadioField(
            notice.label, [Required(_l("Choose how you wish to hear of this."))], choices=list(PACES.items()), validate_choice=True
        )
        for notice in notices
    }  # fmt: skip
    made: ChoicesForm = type("ChoicesForm", (ChoicesForm,), questions)(**options)
    return made


def chosen(notices: Iterable[Notice], paces: Mapping[str, str], wishes: Wishes) -> dict[str, Any]:
    """What stands in the form before anybody changes it."""
    standing = {field_name(notice): paces.get(notice.key, notice.usual) for notice in notices}
    return standing | {"only_mine": wishes.only_mine, "no_weekly": wishes.no_weekly, "paused": wishes.paused}


def field_name(notice: Notice) -> str:
    """The name of the question about a kind of news."""
    return "pace_" + re.sub(r"[^a-z0-9]+", "_", notice.key.lower())
