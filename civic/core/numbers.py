"""Numbers as people type them: any script's digits, any country's comma."""

import re
import unicodedata


def plain_number(typed: str) -> str:
    """A number as typed in any of the world's digits, with its own signs, in 0–9 with a full stop."""
    signs = {"\u066b": ".", "\u066c": ",", "\u2212": "-", "\u2019": ",", "\u060c": ","}
    plain = "".join(_digit(signs.get(character, character)) for character in typed)
    plain = "".join(character for character in plain if not (character.isspace() or character in "£\u200e\u200f"))
    if re.fullmatch(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?", plain):
        return plain.replace(",", "")
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", plain):
        return plain.replace(",", ".")
    return plain


def _digit(character: str) -> str:
    try:
        return str(unicodedata.decimal(character))
    except ValueError:
        return character
