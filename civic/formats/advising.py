"""What is missing of a thing in other formats, for whoever publishes it."""

from flask_babel import lazy_gettext as _l

from civic.core.advice import ADVICE, Remark
from civic.formats.queries import slots as queries
from civic.formats.queries.things import named_thing

SENTENCES = {
    "easy_read": _l("There is no Easy Read version. People with learning disabilities may not be able to take part."),
    "sign_language": _l("There is no film in British Sign Language. It is the first language of many deaf Londoners."),
}


def advise(name: str) -> list[Remark]:
    """A remark for each version that only people can make and nobody has made; nothing about what cannot be had in formats."""
    if named_thing(name) is None:
        return []
    there = queries.kinds_of(name)
    return [Remark(f"formats.{kind}", ADVICE, sentence) for kind, sentence in SENTENCES.items() if kind not in there]
