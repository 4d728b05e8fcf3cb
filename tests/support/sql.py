"""Counting statements and reading plans: how much a page asks of the database."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Executable

PLUMBING = re.compile(r"^\s*(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SET |SHOW )", re.IGNORECASE)


class Statements(list[str]):
    """The statements sent, in order; compares by its length where a ceiling is asserted."""

    def __str__(self) -> str:
        return f"{len(self)} statements:\n" + "\n".join(
            f"  {number}. {' '.join(each.split())[:200]}" for number, each in enumerate(self, 1)
        )

    def at_most(self, ceiling: int) -> None:
        """Fail, showing all of them, where there were more."""
        assert len(self) <= ceiling, f"more than {ceiling}: {self}"

    def tables(self) -> set[str]:
        """The tables named in them."""
        return {name.strip('"') for each in self for name in re.findall(r"(?:FROM|JOIN|INTO|UPDATE) (\"?\w+\"?)", each)}


@contextmanager
def statements(engine: Engine | None = None) -> Iterator[Statements]:
    """Collect the statements sent inside, without savepoints and transaction marks; from every engine unless one is given."""
    seen = Statements()

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if not PLUMBING.match(statement):
            seen.append(statement)

    target: Any = engine if engine is not None else Engine
    event.listen(target, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(target, "before_cursor_execute", note)


def plan(connection: Connection, query: Executable) -> dict[str, Any]:
    """PostgreSQL's plan of a query, as it would run with sequential scans discouraged by size and not by force."""
    compiled = (
        query.compile(connection, compile_kwargs={"literal_binds": True}) if not isinstance(query, str) else query
    )
    answer = connection.execute(text(f"EXPLAIN (FORMAT JSON) {str(compiled).replace(':', chr(92) + ':')}")).scalar_one()
    found: dict[str, Any] = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
    return found


def steps(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every step of a plan."""
    yield node
    for child in node.get("Plans", ()):
        yield from steps(child)


def explain(
    connection: Connection, query: Executable, *, never_scans: Iterable[str] = (), sorts: bool = False
) -> dict[str, Any]:
    """Assert that a query reads the named tables through an index and, unless `sorts`, never sorts; returns the plan.

    Small tables are scanned whatever their indexes: call it on tables with enough rows, after ANALYZE.
    """
    tree, watched = plan(connection, query), set(never_scans)
    for step in steps(tree):
        scanned = step["Node Type"] == "Seq Scan" and step.get("Relation Name") in watched
        assert not scanned, f"scans {step.get('Relation Name')} from end to end:\n{json.dumps(tree, indent=1)}"
        assert sorts or step["Node Type"] not in ("Sort", "Incremental Sort"), (
            f"sorts by {step.get('Sort Key')}:\n{json.dumps(tree, indent=1)}"
        )
    return tree
