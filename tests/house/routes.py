"""Every address of the house, with something real to stand in its places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

# Files have no door worth trying; signing out would end the walk.
SKIPPED = {"assets"}
HOSTILE = {
    "int": ("0", "-1", "9223372036854775808", "1e3"),
    "string": ("'", "..", "%00", "%F0%9F%92%A9", "x" * 300, "<b>"),
}


@dataclass(frozen=True)
class Address:
    """One address as it can be asked for."""

    endpoint: str
    path: str
    is_staff: bool

    def __str__(self) -> str:
        return f"{self.endpoint} {self.path}"


def rules(app: Flask, method: str) -> list[Rule]:
    """The rules that answer a method."""
    return [
        rule for rule in app.url_map.iter_rules() if method in (rule.methods or ()) and rule.endpoint not in SKIPPED
    ]


def addresses(
    app: Flask, method: str, known: dict[str, list[Any]], language: str = "en", most: int = 1
) -> Iterator[Address]:
    """Every address answering a method, each place in it filled with up to `most` of what is known by its name, else with a stranger."""
    for rule in rules(app, method):
        places = sorted(rule.arguments - {"lang"})
        for values in product(*(known.get(name, [_stranger(rule, name)])[:most] for name in places)):
            filled = dict(zip(places, values, strict=True)) | ({"lang": language} if "lang" in rule.arguments else {})
            built = rule.build(filled, append_unknown=False)
            if built is not None:
                yield Address(rule.endpoint, built[1], "/staff" in rule.rule)


def hostile_addresses(app: Flask, method: str) -> Iterator[Address]:
    """Every address with a place in it, each filled with what no link of ours would hold."""
    for rule in rules(app, method):
        places = sorted(rule.arguments - {"lang"})
        for number in range(max(map(len, HOSTILE.values())) if places else 0):
            path = rule.rule.replace("<lang:lang>", "en")
            for name in places:
                values = HOSTILE[_kind(rule, name)]
                path = path.replace(_place(rule, name), values[number % len(values)])
            yield Address(rule.endpoint, path, "/staff" in rule.rule)


def _kind(rule: Rule, name: str) -> str:
    return "int" if type(rule._converters[name]).__name__ == "IntegerConverter" else "string"


def _place(rule: Rule, name: str) -> str:
    found = re.search(rf"<(?:[^<>:]+:)?{name}>", rule.rule)
    assert found
    return found.group()


def _stranger(rule: Rule, name: str) -> Any:
    return 1 if _kind(rule, name) == "int" else "not-there"
