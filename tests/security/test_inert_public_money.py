"""Cases 17 and 33: whatever was written about public money is read as words, on every page and in every file."""

import csv
import io

import pytest
from sqlalchemy import Text, text

from civic.core.db import Model, db
from tests.house.routes import addresses
from tests.house.test_doors import known  # noqa: F401 - something real for every address
from tests.security.test_inert_campaigns import FORMULAS
from tests.security.test_inert_words import EVIL, alive
from tests.security.test_limits_of_input import STARTS

ROOMS = ("civic.assessment", "civic.grants", "civic.crowdfund.rounds", "civic.crowdfund.matching")
PATHS = ("/assessment/", "/grants", "/funds", "/awards", "/rounds", "/applications", "/expressions", "/match")
CODES = {
    *(
        "status",
        "kind",
        "stage",
        "spending",
        "form",
        "basis",
        "view",
        "key",
        "code",
        "cap",
        "name",
        "number",
        "decision_number",
        "grade",
    ),
    *(
        "slug",
        "subject",
        "public_id",
        "managed_by",
        "owner",
        "source",
        "funder",
        "sha256",
        "borough",
        "place",
        "person",
    ),
    *("language", "outcome_language", "claim_language", "feedback_language"),
}
"""Columns that hold no words of anybody."""


def written(words: str) -> int:
    """Write these words wherever people write about public money; tells in how many places."""
    places = [
        (mapper.local_table.name, column.name)
        for mapper in Model.registry.mappers
        if mapper.class_.__module__.startswith(ROOMS)
        for column in mapper.local_table.columns
        if isinstance(column.type, Text) and column.name not in CODES
    ]
    db.session.execute(text("SET LOCAL session_replication_role = replica"))  # what is decided never changes, but here
    for table, column in places:
        db.session.execute(text(f'UPDATE "{table}" SET "{column}" = :words || ctid'), {"words": words})
    db.session.execute(text("SET LOCAL session_replication_role = origin"))
    db.session.expire_all()
    return len(places)


@pytest.mark.parametrize("kind", ("visitor", "funds_officer"))
def test_what_was_written_about_public_money_is_read_and_never_run(app, arrive, known, kind):  # noqa: F811
    client, faults, seen = arrive(kind), [], 0
    assert written(EVIL) > 40
    for address in addresses(app, "GET", known):
        if any(part in address.path for part in PATHS):
            page = client.get(address.path)
            assert page.status < 500, address
            if page.is_html and page.status == 200:
                seen += "x-evil" in page.html
                faults += [f"{address}: {fault}" for fault in alive(page)]
    assert not faults, "\n".join(faults[:20])
    assert seen >= 5


def test_no_cell_about_public_money_is_a_formula(app, arrive, known):  # noqa: F811
    client, files = arrive("funds_officer"), 0
    for number, words in enumerate(FORMULAS):
        written(f"{words} and so on, as long as a reason has to be ")
        for address in addresses(app, "GET", known):
            if ".csv" in address.path and any(part in address.path for part in PATHS) and (number == 0 or files):
                page = client.get(address.path)
                if page.status == 200:
                    rows = list(csv.reader(io.StringIO(page.html.lstrip("\ufeff"), newline="")))
                    files += len(rows) > 1
                    cells = [cell for row in rows for cell in row if cell.strip() and cell.strip()[0] in STARTS]
                    assert not [cell for cell in cells if not cell.strip().lstrip("-").replace(".", "").isdigit()], (
                        address
                    )
    assert files >= 2 * len(FORMULAS)
