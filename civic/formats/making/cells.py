"""Braille cells: dots as Unicode shows them, as embossers read them (North American ASCII), and English letter by letter.

Grade 1 follows the Rulebook of Unified English Braille (ICEB, 2nd edition): sections 4 (letters), 5 (grade 1 indicator),
6 (numbers), 7 (punctuation) and 8 (capitals). It is what we have where liblouis is missing.
"""

import re
import unicodedata

# The sign for each of the 64 patterns of six dots, from ⠀ on.
ASCII = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
BRF = {0x2800 + pattern: sign for pattern, sign in enumerate(ASCII)}
DOTS = {sign: chr(0x2800 + pattern) for pattern, sign in enumerate(ASCII)}

LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵", strict=True))
DIGITS = dict(zip("1234567890", "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚", strict=True))
SIGNS = {
    ",": "⠂", ";": "⠆", ":": "⠒", ".": "⠲", "!": "⠖", "?": "⠦", "'": "⠄", "’": "⠄", "-": "⠤", "–": "⠠⠤", "—": "⠐⠠⠤",
    "“": "⠦", "”": "⠴", "‘": "⠠⠦", "(": "⠐⠣", ")": "⠐⠜", "[": "⠨⠣", "]": "⠨⠜", "/": "⠸⠌", "…": "⠲⠲⠲",
    "£": "⠈⠇", "€": "⠈⠑", "$": "⠈⠎", "%": "⠨⠴", "&": "⠈⠯", "@": "⠈⠁", "#": "⠸⠹", "*": "⠐⠔", "+": "⠐⠖", "=": "⠐⠶",
    "×": "⠐⠦", "÷": "⠐⠌", "−": "⠐⠤", "<": "⠈⠣", ">": "⠈⠜", "_": "⠨⠤", "•": "⠸⠲", "°": "⠘⠚", "§": "⠘⠎", "©": "⠘⠉",
    "~": "⠈⠔", "\\": "⠸⠡", "{": "⠸⠣", "}": "⠸⠜", "|": "⠸⠳",
}  # fmt: skip
MARKS = {"\u0301": "⠘⠌", "\u0300": "⠘⠡", "\u0302": "⠘⠩", "\u0308": "⠘⠒", "\u0303": "⠘⠻", "\u0327": "⠘⠯", "\u030a": "⠘⠫"}
CAPITAL, CAPITAL_WORD, NUMBER, LETTER = "⠠", "⠠⠠", "⠼", "⠰"
PIECE = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+|.", re.DOTALL)


def to_brf(cells: str) -> str:
    """Unicode Braille as embossers read it; a cell of eight dots keeps its upper six."""
    return "".join(BRF.get(0x2800 + (ord(cell) - 0x2800) % 64, " ") if "⠀" <= cell <= "⣿" else cell for cell in cells)


def grade_1(text: str) -> str:
    """English, letter by letter, in Unicode Braille; an open quote mark is told from a closed one by where it stands."""
    out: list[str] = []
    after_number = False
    for piece in PIECE.findall(_quoted(unicodedata.normalize("NFC", text))):
        if piece[0] in DIGITS:
            out.append(NUMBER + "".join(DIGITS.get(sign) or SIGNS[sign] for sign in piece))
        elif piece[0].isalpha():
            # After a number these letters would be read as digits.
            needs_letter_sign = after_number and piece[0] in "abcdefghij"
            out.append((LETTER if needs_letter_sign else "") + _word(piece))
        else:
            out.append("⠀" if piece.isspace() else SIGNS.get(piece, ""))
        after_number = piece[0] in DIGITS
    return "".join(out)


def _word(word: str) -> str:
    if len(word) > 1 and word.isupper():
        return CAPITAL_WORD + "".join(_letter(letter.lower()) for letter in word)
    return "".join(CAPITAL + _letter(letter.lower()) if letter.isupper() else _letter(letter) for letter in word)


def _letter(letter: str) -> str:
    if letter in LETTERS:
        return LETTERS[letter]
    parts = unicodedata.normalize("NFD", letter)
    return "".join(MARKS.get(mark, "") for mark in parts[1:]) + LETTERS.get(parts[0], "")


def _quoted(text: str) -> str:
    text = re.sub(r'(^|[\s(\[])"', r"\1“", text)
    return text.replace('"', "”")
