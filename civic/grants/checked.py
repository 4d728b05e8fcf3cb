"""The texts of a fund as they are checked: everybody reads them as soon as it has money."""

from civic.authoring.wording import FIELDS
from civic.core.advice import Checked, Text
from civic.core.db import db
from civic.core.i18n import Words
from civic.core.web import link_to
from civic.grants import access
from civic.grants.models import Fund


def _fund(number: int) -> Fund | None:
    return db.session.get(Fund, number)


def _texts(number: int) -> list[Text]:
    fund = _fund(number)
    if fund is None:
        return []
    return [
        Text("title", FIELDS["title"], fund.title, fund.language, False),
        Text("summary", FIELDS["summary"], fund.summary, fund.language),
    ]


def _edit_url(number: int) -> str:
    fund = _fund(number)
    if fund is None:
        return link_to("grant_desk.show_overview")
    return link_to("grant_desk.edit_fund", slug=fund.slug)


def _may_edit(number: int) -> bool:
    fund = _fund(number)
    return fund is not None and access.may_manage(fund)


def _title(number: int) -> Words:
    fund = _fund(number)
    return Words(fund.title, fund.language) if fund is not None else Words("", "en")


CHECKED = [Checked("fund", _texts, by_staff=True, edit_url=_edit_url, may_edit=_may_edit, title=_title)]
