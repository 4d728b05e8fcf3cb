"""The texts of funds that can be translated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.core.db import db
from civic.core.subjects import named
from civic.core.translatable import Source, Texts, Translatable
from civic.grants.models import Fund
from civic.grants.queries.public import public_funds
from civic.translation.reading import lay


def fund_sources(fund: Fund) -> dict[str, Source]:
    """What a fund says of itself."""
    return {
        "title": Source(fund.title, fund.language, _l("Title")),
        "summary": Source(fund.summary, fund.language, _l("Summary"), markdown=True),
    }


def lay_funds(funds: Iterable[Fund], about: str = "") -> tuple[Any, ...]:
    """Show funds in the reader's language."""
    return lay({named("fund", each.id): fund_sources(each) for each in funds}, about=about)


def _load(numbers: Iterable[int]) -> Mapping[int, Texts]:
    return {
        row.id: Texts(row.title, row.language, url_for("grants.show_fund", slug=row.slug), fund_sources(row))
        for row in public_funds(numbers)
    }


def _choices(below: int | None, most: int) -> list[int]:
    query = select(Fund.id) if below is None else select(Fund.id).where(Fund.id < below)
    return list(db.session.scalars(query.order_by(Fund.id.desc()).limit(most)))


TRANSLATABLES = [Translatable("fund", _l("Funds"), _load, _choices)]
