"""The record of the algorithm by the Algorithmic Transparency Recording Standard, tier 1 and tier 2, for a page and as data.

The names of the fields are those of the standard's template, version 3. What only the owner of a site can say is a setting; where
nobody said it, the record says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from civic.challenge.matching.rules.stable import ALGORITHM

NOT_STATED = _l("Not stated yet")
SETTINGS = ("OWNER_NAME", "CONTACT_EMAIL", "ATRS_TEAM", "ATRS_OWNER", "ATRS_IMPACT")


@dataclass(frozen=True)
class Field:
    """One field of the record."""

    name: Any
    value: Any
    is_stated: bool = True
    is_data: bool = False  # the same in every language


@dataclass(frozen=True)
class Section:
    """Fields that belong together."""

    tier: int
    title: Any
    fields: tuple[Field, ...]


def settings_of(config: Mapping[str, Any]) -> tuple[str, ...]:
    """What the record takes from the settings."""
    return tuple(str(config[name]) for name in SETTINGS)


def record(config: Mapping[str, Any]) -> list[Section]:
    """The whole record, in the order of the standard's template."""
    return [_overview(config), _owner(config), _rationale(), _process(), _tool(), _data(), _risks(config)]


def _set(name: Any, value: str) -> Field:
    return Field(name, value or NOT_STATED, bool(value), bool(value))


def _overview(config: Mapping[str, Any]) -> Section:
    return Section(
        1,
        _l("Overview"),
        (
            Field(_l("Name"), _l("Matching of startups and challenges")),
            Field(
                _l("Description"),
                _l(
                    "Startups on the shortlist rank the challenges that they would work on; the partners who own the challenges rank "
                    "the startups. A method from 1962 finds the match in which no startup and no partner would both rather have each "
                    "other. Two people check it and publish it."
                ),
            ),
            Field(_l("Website"), url_for("challenge_matching.show_method"), is_data=True),
            Field(_l("Contact email"), config["CONTACT_EMAIL"], is_data=True),
        ),
    )


def _owner(config: Mapping[str, Any]) -> Section:
    return Section(
        2,
        _l("Owner and responsibility"),
        (
            Field(_l("Organisation or department"), config["OWNER_NAME"], is_data=True),
            _set(_l("Team"), config["ATRS_TEAM"]),
            _set(_l("Senior responsible owner"), config["ATRS_OWNER"]),
            Field(
                _l("Third party involvement"), _l("None. The method is a part of this platform and was written for it.")
            ),
        ),
    )


def _rationale() -> Section:
    return Section(
        2,
        _l("Description and rationale"),
        (
            Field(
                _l("Detailed description"),
                _l(
                    "Each startup asks the challenge that it ranks highest. A challenge keeps the startups that its partner ranks "
                    "highest, as many as it has places, and lets the others ask on, until nobody has anybody left to ask. Whoever is "
                    "not in a list is never matched with its writer. Two things cannot share a place in a list, so there are no ties "
                    "to be broken, and scores from the assessment play no part."
                ),
            ),
            Field(
                _l("Benefits"),
                _l(
                    "Of all stable matches it is the one that is best for every startup, and no startup can gain by ranking "
                    "otherwise than it thinks. Everybody reads why they got what they got."
                ),
            ),
            Field(_l("Previous process"), _l("In 2018 a panel chose the winners of each challenge.")),
            Field(
                _l("Alternatives considered"),
                _l(
                    "Choosing by hand, which nobody can check; and a method in which partners ask first, which is best for partners "
                    "and rewards startups that do not say what they think."
                ),
            ),
        ),
    )


def _process() -> Section:
    return Section(
        2,
        _l("Decision-making process"),
        (
            Field(
                _l("Process integration"),
                _l(
                    "It comes after people have assessed every application and chosen the shortlist. What it finds counts only once "
                    "two people have published it. A test grant is decided afterwards, by people."
                ),
            ),
            Field(
                _l("Provided information"),
                _l(
                    "For each startup one challenge or none, for each challenge its startups, and a reason for each place in a list."
                ),
            ),
            Field(
                _l("Frequency and scale of usage"),
                _l("Once for each yearly programme, for some tens of startups; again when a startup is lost."),
            ),
            Field(
                _l("Human decisions and review"),
                _l(
                    "A manager computes and proposes, another person publishes. To decide otherwise needs a reason and a second "
                    "person, and both sides are told that it was so. A challenge with fewer startups than it needs is shown to the "
                    "manager, who goes ahead and says why, or leaves the challenge out and matches again. Nobody decides who acts "
                    "for a startup or a partner."
                ),
            ),
            Field(_l("Required training"), _l("None beyond the guide of this platform.")),
            Field(
                _l("Appeals and review"),
                _l(
                    "Startups and partners read their reasons when the match is published, and can write to us about it."
                ),
            ),
        ),
    )


def _tool() -> Section:
    return Section(
        2,
        _l("Tool specification"),
        (
            Field(_l("System architecture"), _l("A part of this web application; it uses no service of others.")),
            Field(_l("System-level input"), _l("The lists that were sent, the places of each challenge, and its minimum.")),
            Field(_l("System-level output"), _l("The match, its reasons, and a file from which it can be computed once more.")),
            Field(_l("Maintenance"), _l("It is tested with every change, and a regular check computes each match again.")),
            Field(_l("Model name and version"), ALGORITHM, is_data=True),
            Field(
                _l("Model architecture"),
                _l(
                    "Deferred acceptance: Gale and Shapley, College Admissions and the Stability of Marriage, 1962; with places: "
                    "Roth, 1984. It is a fixed rule and learns nothing."
                ),
            ),
            Field(
                _l("Model performance"),
                _l("It is exact. It is compared with every possible match in small cases, and with an independent library in large ones."),
            ),
            Field(_l("Datasets"), _l("None: nothing is trained.")),
        ),
    )  # fmt: skip


def _data() -> Section:
    return Section(
        2,
        _l("Data specification"),
        (
            Field(
                _l("Source data"), _l("The lists of one programme, written by the startups and partners themselves.")
            ),
            Field(_l("Sensitive attributes"), _l("None: the lists are of organisations.")),
            Field(
                _l("Data access and storage"),
                _l(
                    "Only their own side reads a list until lists close; afterwards also those who run the programme. Lists are never "
                    "published. The file of a match uses made-up names, and only its seal is published, since the public result would "
                    "tell who is who."
                ),
            ),
            Field(_l("Data sharing agreements"), _l("None are needed: no data leave the platform.")),
        ),
    )


def _risks(config: Mapping[str, Any]) -> Section:
    return Section(
        2,
        _l("Risks, mitigations and impact assessments"),
        (
            _set(_l("Impact assessments"), config["ATRS_IMPACT"]),
            Field(
                _l("Risks and mitigations"),
                _l(
                    "A list that is forgotten leaves its writer without a match: everybody is asked twice. Somebody could stand on both "
                    "sides: who does may not rank for a partner, and decides nothing. A match could be changed afterwards: the "
                    "database refuses it, and the seal of its file shows it."
                ),
            ),
        ),
    )
