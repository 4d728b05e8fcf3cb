"""Awards as they are published: the columns of the CSV, and grants in the shape of the 360Giving Data Standard 1.4.

Source of the shape: https://standard.threesixtygiving.org (JSON schema). A field that is not known is left out. Persons are never named.
"""

from collections.abc import Iterable, Iterator
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


def csv_rows(fund: Fund, rows: Iterable[Any]) -> Iterator[list[Any]]:
    """The head and a line for each award."""
    yield [name for name, _meaning in COLUMNS]
    for row in rows:
        line = csv_row(fund, row)
        yield [line[name] for name, _meaning in COLUMNS]


def csv_row(fund: Fund, row: Any) -> dict[str, Any]:
    """One award by the names of its columns; amounts in pounds."""
    place = borough(row.place) if row.place else None
    return {
        "id": grant_id(row.public_id),
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
        "recipient_id": recipient_id(row),
        "recipient": row.organisation or PERSON,
        "borough": place.name if place else "",
        "borough_code": row.place or "",
        "fund": fund.title,
        "pot": row.pot,
        "state": row.status,
        "paid": pounds(row.paid_minor or 0),
        "given_back": pounds(row.returned_minor or 0),
        "outcome": row.outcome,
        "note": row.note,
        "url": external_url("grants.show_award", public_id=row.public_id),
    }


def package(fund: Fund) -> dict[str, Any]:
    """What stands around the grants: who publishes them, and under which licence."""
    return {
        "version": "1.4",
        "title": f"{fund.title}: awards",
        "license": LICENCE[1],
        "publisher": {"name": owner_name(), "identifier": owner_id()},
    }


def grant(fund: Fund, row: Any) -> dict[str, Any]:
    """One award as a grant."""
    known = {
        "id": grant_id(row.public_id),
        "title": row.title,
        "description": row.summary or row.title,
        "currency": "GBP",
        "amountAwarded": _number(row.capital_minor + row.revenue_minor),
        "amountDisbursed": _number(row.paid_minor) if row.paid_minor else None,
        "awardDate": _day(row.decided_at or row.created_at),
        "url": external_url("grants.show_award", public_id=row.public_id),
        "plannedDates": _planned(row),
        **_recipient(row),
        "fundingOrganization": [{"id": owner_id(), "name": owner_name()}],
        "beneficiaryLocation": _where(row),
        "grantProgramme": [
            {"code": fund.slug, "title": fund.title, "url": external_url("grants.show_fund", slug=fund.slug)}
        ],
    }
    return {name: value for name, value in known.items() if value not in (None, "", [])}


def grant_id(public_id: str) -> str:
    """An award's name in the world of open data."""
    return f"{current_app.config['GRANT_ID_PREFIX']}-{public_id}"


def recipient_id(row: Any) -> str:
    """By an official register where it is known, else by ours; a person has none of their own, only the award's."""
    number = "".join((row.registration or "").split())
    if row.organisation_id is None:
        return f"{grant_id(row.public_id)}-individual"
    if number and row.kind == CHARITY:
        return f"GB-CHC-{number}"
    if number and row.kind in COMPANIES:
        return f"GB-COH-{number}"
    return f"{current_app.config['GRANT_ID_PREFIX']}-org:{row.organisation_id}"


def owner_name() -> str:
    """Who gives the money."""
    return str(current_app.config["OWNER_NAME"])


def owner_id() -> str:
    """The giver's name in a register of organisations, or one of our own."""
    return str(current_app.config["OWNER_ORG_ID"] or f"{current_app.config['GRANT_ID_PREFIX']}-org:owner")


def recipient_words(award: Any) -> Any:
    """Who receives an award, as everybody may read it: an organisation's name, never a person's."""
    return award.recipient if award.organisation_id is not None else _("An individual")


def _recipient(row: Any) -> dict[str, Any]:
    if row.organisation_id is None:
        return {"recipientIndividual": {"id": recipient_id(row), "name": PERSON}}
    body = {"id": recipient_id(row), "name": row.organisation}
    number = "".join((row.registration or "").split())
    if number and row.kind == CHARITY:
        body["charityNumber"] = number
    if number and row.kind in COMPANIES:
        body["companyNumber"] = number
    return {"recipientOrganization": [body]}


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
