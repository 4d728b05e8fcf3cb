"""Forms with as many rows as somebody wants, added and taken away by the server, so that no script is needed."""

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from civic.core.forms import DateField, Field, HiddenField, plain_digits
from civic.grants.forms.parts import SeenForm

MOST = 24
"""So many rows at most."""


class RowsForm(SeenForm):
    """A form whose `PARTS` stand once in each row: "title_1", "title_2"; rows in which nothing stands are none."""

    PARTS: ClassVar[Mapping[str, Callable[[], Field]]] = {}
    BESIDES: ClassVar[tuple[str, ...]] = ()  # names of fields that stand once, besides the rows
    rows = HiddenField()
    count: ClassVar[int] = 0

    @classmethod
    def with_rows(cls, count: int) -> type[Self]:
        """This form with so many rows."""
        fields = {f"{part}_{number}": make() for number in range(1, count + 1) for part, make in cls.PARTS.items()}
        return type(cls.__name__, (cls,), {"count": count, **fields})

    @classmethod
    def empty(cls, count: int, data: Mapping[str, Any] | None = None) -> Self:
        """So many rows, filled with what is known."""
        return cls.with_rows(count)(formdata=None, data={"rows": str(count), **(data or {})})

    @classmethod
    def sent(cls) -> tuple[Self, str]:
        """What was typed, with one row more or less where that was asked for; and what was asked for: "save", "add" or "remove"."""
        act, _, which = request.form.get("act", "save").partition("-")
        typed = _rows(request.form, tuple(cls.PARTS))
        if act == "add" and len(typed) < MOST:
            typed.append({})
        elif act == "remove" and which.isdecimal() and 0 < int(which) <= len(typed):
            typed.pop(int(which) - 1)
        else:
            act = "save"
        rest = {name: request.form[name] for name in ("csrf_token", "seen", *cls.BESIDES) if name in request.form}
        rows = {
            f"{part}_{number}{ending}": value
            for number, row in enumerate(typed, 1)
            for (part, ending), value in row.items()
        }
        names = MultiDict({**rest, **rows, "rows": str(len(typed))})
        return cls.with_rows(len(typed))(formdata=names), act

    def row(self, number: int) -> dict[str, Any]:
        """The fields of one row, by their parts."""
        return {part: self[f"{part}_{number}"] for part in self.PARTS}

    @property
    def filled(self) -> list[dict[str, Any]]:
        """The rows in which something stands."""
        found = [self.row(number) for number in range(1, self.count + 1)]
        return [row for row in found if any(_stands(field) for field in row.values())]

    def needs(self, row: dict[str, Any], sentences: Mapping[str, Any]) -> bool:
        """Whether each of these parts of a row was given; one that was not says what to do."""
        missing = [name for name in sentences if row[name].data in (None, "") and not row[name].errors]
        for name in missing:
            row[name].errors = [sentences[name]]
        return not missing


def _stands(field: Field) -> bool:
    if isinstance(field, DateField):
        return any(field.typed.values())
    return bool(field.raw_data and any(str(value).strip() for value in field.raw_data)) or (
        not field.raw_data and field.data not in (None, "")
    )


def _rows(form: Mapping[str, str], parts: tuple[str, ...]) -> list[dict[tuple[str, str], str]]:
    """What was typed, row by row: {(part, "" or "-day"): text}."""
    told = plain_digits(form.get("rows", "0"))[:4]
    count = min(int(told) if told.isdecimal() else 0, MOST)
    rows: list[dict[tuple[str, str], str]] = [{} for _ in range(count)]
    pattern = re.compile(rf"^({'|'.join(parts)})_([0-9]{{1,3}})((?:-[a-z]+)?)$")
    for name, value in form.items():
        found = pattern.match(name)
        if found and 0 < int(found[2]) <= count:
            rows[int(found[2]) - 1][found[1], found[3]] = value
    return rows


ENTER_A_DATE = _l("Enter the date.")
