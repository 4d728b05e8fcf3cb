"""The texts of programmes and briefs as they are checked before others read them."""

from flask_babel import lazy_gettext as _l

from civic.authoring.wording import FIELDS
from civic.challenge import access
from civic.challenge.actions.briefs import TEXTS
from civic.challenge.models import Challenge, Programme
from civic.challenge.queries.briefs import criteria_of
from civic.challenge.queries.programmes import facts_of
from civic.challenge.wording import challenge_words
from civic.core.advice import Checked, Text
from civic.core.db import db
from civic.core.i18n import Words
from civic.core.web import link_to

LABELS = {**FIELDS, **challenge_words.parts, "facts": _l("What is known about it")}


def _challenge(number: int) -> Challenge | None:
    return db.session.get(Challenge, number)


def _programme(number: int) -> Programme | None:
    return db.session.get(Programme, number)


def _brief_texts(number: int) -> list[Text]:
    challenge = _challenge(number)
    if challenge is None:
        return []
    address = link_to("manage_challenge.edit_challenge", slug=challenge.slug)
    found = [
        Text(name, LABELS[name], getattr(challenge, name), challenge.language, False, f"{address}#{name}")
        for name in TEXTS
    ]
    return found + [
        Text("criteria", LABELS["criteria"], each.name, challenge.language, False, address)
        for each in criteria_of(challenge)
    ]


def _programme_texts(number: int) -> list[Text]:
    programme = _programme(number)
    if programme is None:
        return []
    address, here = (
        link_to(f"manage_challenge.{name}", programme=programme.slug) for name in ("edit_programme", "show_programme")
    )
    language = programme.language
    found = [
        Text(name, LABELS[name], getattr(programme, name), language, False, f"{address}#{name}")
        for name in ("title", "summary")
    ]
    told = [(fact.title, fact.value) for fact in facts_of(programme)]
    return found + [Text("facts", LABELS["facts"], text, language, False, here) for pair in told for text in pair]


def _brief_url(number: int) -> str:
    challenge = _challenge(number)
    return link_to("manage_challenge.show_challenge", slug=challenge.slug) if challenge else _desk()


def _programme_url(number: int) -> str:
    programme = _programme(number)
    return link_to("manage_challenge.show_programme", programme=programme.slug) if programme else _desk()


def _desk() -> str:
    return link_to("manage_challenge.show_desk")


def _brief_title(number: int) -> Words:
    challenge = _challenge(number)
    return Words(challenge.title, challenge.language) if challenge else Words("", "en")


def _programme_title(number: int) -> Words:
    programme = _programme(number)
    return Words(programme.title, programme.language) if programme else Words("", "en")


# Whoever publishes a brief wrote nothing in it, and reads what is to be said about it.
CHECKED = [
    Checked(
        "challenge",
        _brief_texts,
        by_staff=True,
        edit_url=_brief_url,
        may_edit=lambda number: access.may_see_desk() and _challenge(number) is not None,
        title=_brief_title,
    ),
    Checked(
        "programme",
        _programme_texts,
        by_staff=True,
        edit_url=_programme_url,
        may_edit=lambda number: access.may_see_desk() and _programme(number) is not None,
        title=_programme_title,
    ),
]
