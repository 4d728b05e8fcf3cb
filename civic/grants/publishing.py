"""Awards as they are published: the columns of the CSV, and grants in the shape of the 360Giving Data Standard 1.4.

Source of the shape: https://standard.threesixtygiving.org (JSON schema). A field that is not known is left out. Persons are never named.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from civic.core.clock import in_london
from civic.core.web import external_url
from civic.grants.models import Fund
from civic.grants.rules.amounts import pounds
from civic.grants.wording.data import COLUMNS, LICENCE
from civic.places import borough

PERSON = "An individual"
"""What stands in place of a person's name in data, in every language."""
CHARITY = "registered_charity"
COMPANIES = ("cic", "company")
_NOBODY = "0"


@dataclass(frozen=True)
class Publisher:
    """All that the lines of a file need besides their rows: a file that is sent bit by bit has no request any more."""

    slug: str
    title: str
    prefix: str
    owner: str
    owner_id: str
    fund_url: str
    award_url: str  # of no award: its name stands at the end

    def csv(self, rows: Iterable[Any]) -> Iterator[list[Any]]:
        """The head and a line for each award."""
        yield [name for name, _meaning in COLUMNS]
        for row in rows:
            line = self.line(row)
            yield [line[name] for name, _meaning in COLUMNS]

    def line(self, row: Any) -> dict[str, Any]:
        """One award by the names of its columns; amounts in pounds."""
        place = borough(row.place) if row.place else None
        return {
            "id": self.grant_id(row),
            "title": row.title,
            "description": row.summary,
            "language": row.language,
            "currency": "GBP",
            "amount_capital": pounds(row.capital_minor),
            "amount_revenue": pounds(row.revenue_minor),
            "amount_total": pounds(row.capital_minor + row.revenue_minor),
            "decided_on": _day(row.decided_at or row.created_at),
            "announced_on": _day(row.announced_at),
            "decisions": row.decisions or "",
            "conditions": row.conditions,
            "recipient_id": self.recipient_id(row),
            "recipient": row.organisation or PERSON,
            "borough": place.name if place else "",
            "borough_code": row.place or "",
            "fund": self.title,
            "pot": row.pot,
            "state": row.status,
            "paid": pounds(int(row.paid_minor or 0)),
            "given_back": pounds(int(row.returned_minor or 0)),
            "outcome": row.outcome,
            "note": row.note,
            "url": self.url(row),
        }

    def package(self) -> dict[str, Any]:
        """What stands around the grants: who publishes them, and under which licence."""
        return {
            "version": "1.4",
            "title": f"{self.title}: awards",
            "license": LICENCE[1],
            "publisher": {"name": self.owner, "identifier": self.owner_id},
        }

    def grant(self, row: Any) -> dict[str, Any]:
        """One award as a grant."""
        known = {
            "id": self.grant_id(row),
            "title": row.title,
            "description": row.summary or row.title,
            "currency": "GBP",
            "amountAwarded": _number(row.capital_minor + row.revenue_minor),
            "amountDisbursed": _number(int(row.paid_minor)) if row.paid_minor else None,
            "awardDate": _day(row.decided_at or row.created_at),
            "url": self.url(row),
            "plannedDates": _planned(row),
            **self._recipient(row),
            "fundingOrganization": [{"id": self.owner_id, "name": self.owner}],
            "beneficiaryLocation": _where(row),
            "grantProgramme": [{"code": self.slug, "title": self.title, "url": self.fund_url}],
        }
        return {name: value for name, value in known.items() if value not in (None, "", [])}

    def grant_id(self, row: Any) -> str:
        """An award's name in the world of open data."""
        return f"{self.prefix}-{row.public_id}"

    def url(self, row: Any) -> str:
        """Where an award is shown."""
        return self.award_url.removesuffix(_NOBODY) + str(row.public_id)

    def recipient_id(self, row: Any) -> str:
        """By an official register where it is known, else by ours; a person has none of their own, only the award's."""
        number = _registered(row)
        if row.organisation_id is None:
            return f"{self.grant_id(row)}-individual"
        if number and row.kind == CHARITY:
            return f"GB-CHC-{number}"
        if number and row.kind in COMPANIES:
            return f"GB-COH-{number}"
        return f"{self.prefix}-org:{row.organisation_id}"

    def _recipient(self, row: Any) -> dict[str, Any]:
        if row.organisation_id is None:
            return {"recipientIndividual": {"id": self.recipient_id(row), "name": PERSON}}
        body, number = {"id": self.recipient_id(row), "name": row.organisation}, _registered(row)
        if number and row.kind == CHARITY:
            body["charityNumber"] = number
        if number and row.kind in COMPANIES:
            body["companyNumber"] = number
        return {"recipientOrganization": [body]}


def publisher(fund: Fund) -> Publisher:
    """Who publishes the awards of a fund, by the settings of this site."""
    config = current_app.config
    prefix = str(config["GRANT_ID_PREFIX"])
    return Publisher(
        slug=fund.slug,
        title=fund.title,
        prefix=prefix,
        owner=str(config["OWNER_NAME"]),
        owner_id=str(config["OWNER_ORG_ID"] or f"{prefix}-org:owner"),
        fund_url=external_url("grants.show_fund", slug=fund.slug),
        award_url=external_url("grants.show_award", public_id=_NOBODY),
    )


def recipient_words(award: Any) -> Any:
    """Who receives an award, as everybody may read it: an organisation's name, never a person's."""
    return award.recipient if award.organisation_id is not None else _("An individual")


def _registered(row: Any) -> str:
    """The organisation's number in its register, without spaces."""
    return "".join((row.registration or "").split())


def _where(row: Any) -> list[dict[str, str]]:
    place = borough(row.place) if row.place else None
    return [{"name": place.name, "geoCode": place.gss, "geoCodeType": "LONB"}] if place else []


def _planned(row: Any) -> list[dict[str, str]]:
    days = {"startDate": row.starts_on, "endDate": row.ends_on}
    told = {name: f"{day:%Y-%m-%d}" for name, day in days.items() if day is not None}
    return [told] if told else []


def _number(minor: int) -> int | float:
    """Pence as a number of pounds; whole pounds stay whole."""
    return minor // 100 if minor % 100 == 0 else round(minor / 100, 2)


def _day(moment: datetime | date | None) -> str:
    if isinstance(moment, datetime):
        return f"{in_london(moment):%Y-%m-%d}"
    return f"{moment:%Y-%m-%d}" if moment else ""
