"""Full-text search: each text by its own language's rules, and by letters where PostgreSQL knows no rules for it."""

from typing import Any

from sqlalchemy import ColumnElement, Text, case, cast, func, literal
from sqlalchemy.dialects.postgresql import REGCONFIG, TSVECTOR

# PostgreSQL has no rules for Polish, Bengali or Urdu: whole words without accents there.
CONFIGURATIONS = {
    "en": "english",
    "ar": "arabic",
    "es": "spanish",
    "ro": "romanian",
    "it": "italian",
    "pt": "portuguese",
    "fr": "french",
    "tr": "turkish",
    "ta": "tamil",
    "lt": "lithuanian",
    "hi": "hindi",
}


def configuration(language: str) -> str:
    """PostgreSQL's text-search configuration for a language code."""
    return CONFIGURATIONS.get(language, "simple")


def configurations_sql() -> str:
    """The same choice as the arms of a CASE in SQL, for triggers that write documents themselves."""
    return " ".join(f"WHEN '{code}' THEN '{name}'" for code, name in CONFIGURATIONS.items())


def document(text: Any, language: Any) -> ColumnElement:
    """The search document of a text column whose language stands in another column (or is a code)."""
    if isinstance(language, str):
        return func.to_tsvector(cast(literal(configuration(language)), REGCONFIG), func.unaccent(cast(text, Text)))
    known = case(
        *((language == code, cast(literal(name), REGCONFIG)) for code, name in CONFIGURATIONS.items()),
        else_=cast(literal("simple"), REGCONFIG),
    )
    return func.to_tsvector(known, func.unaccent(cast(text, Text)), type_=TSVECTOR)


def matches(vector: Any, words: str, language: str) -> ColumnElement[bool]:
    """Whether a document answers what a person typed: quotes, "or" and minus signs are understood, nothing is an error."""
    wanted = words.replace("\x00", "")[:200]
    query = func.websearch_to_tsquery(cast(literal(configuration(language)), REGCONFIG), func.unaccent(wanted))
    return vector.op("@@")(query)
