"""Display names: what may be one, and when two names look like the same one.

The look of a name is its skeleton, after Unicode Technical Standard 39: compatibility forms composed away, case folded,
letters that look like a Latin one read as it. What may stand together follows the "moderately restrictive" profile there.
"""

import re
import unicodedata

SHORTEST, LONGEST = 2, 60
ZERO_WIDTH_JOINERS = "\u200c\u200d"  # rightly used inside Persian and Indic words

# Letters of other scripts, and digits, that the eye takes for a Latin letter, small or capital (after case folding).
_LOOKS_LIKE = {
    "a": "аαɑᴀ",
    "b": "вβь",
    "c": "сϲᴄⅽ",
    "d": "ԁɗ",
    "e": "еεҽє",
    "f": "ғϝ",
    "g": "ɡցԍ",
    "h": "һнηհҥ",
    "i": "іιıɩїί",
    "j": "јϳյ",
    "k": "кκқᴋ",
    "l": "ӏǀ|!1iƖլ",
    "m": "мμ",
    "n": "ոпռ",
    "o": "оοσօᴏ0ө",
    "p": "рρ",
    "q": "ԛզ",
    "r": "гʀꞅ",
    "s": "ѕꜱ",
    "t": "тτᴛ",
    "u": "υսᴜ",
    "v": "ѵνᴠ",
    "w": "ԝωᴡ",
    "x": "хχ",
    "y": "уγүʏ",
    "z": "ᴢ",
    "'": "’‘ʼʹ`´",
}
_LOOKALIKES = {ord(seen): letter for letter, all_seen in _LOOKS_LIKE.items() for seen in all_seen.casefold()}
_LOOKALIKES |= {ord(seen): "l" for seen in _LOOKS_LIKE["i"]}  # capital I and small l are one stroke
_PAIRS = (("rn", "m"), ("vv", "w"))
_STOPS = re.compile(r"[\W_]+", re.UNICODE)
_SPACES = re.compile(r"\s+")
_ODD = re.compile(r"[<>{}\[\]\\/@#$%^*=+~|\"&;]|https?:|www\.", re.IGNORECASE)

# Words that claim an office. Whole words only, so that Mr Stafford and Ms Glad keep their names.
_OFFICE_WORDS = frozenset(
    [
        "gla",
        "admin",
        "administrator",
        "admins",
        "moderator",
        "moderators",
        "staff",
        "official",
        "officials",
        "helpdesk",
        "sysadmin",
        "root",
        "webmaster",
        "anonymous",
        "moderation",
        "tfl",
        "mopac",
    ]
)
_OFFICES = (
    "cityhall",
    "mayoroflondon",
    "londonmayor",
    "mayorslondon",
    "themayor",
    "mayorsoffice",
    "deputymayor",
    "greaterlondonauthority",
    "londonassembly",
    "civiclondon",
    "talklondon",
    "moderator",
    "administrator",
    "officialaccount",
    "transportforlondon",
    "metropolitanpolice",
    "londonfirebrigade",
    "fundsofficer",
    "financeofficer",
    "challengemanager",
    "burmistrzlondynu",
    "عمدةلندن",
)
# Names of roles that are also plain words: only where they are the whole name.
_ROLES = ("mayor", "researcher", "assessor", "consultee", "approver")
_DIGITS = str.maketrans("34578", "eastb")
_PREFIX_SCRIPTS = {
    "CJK": "HAN",
    "HIRAGANA": "JAPANESE",
    "KATAKANA": "JAPANESE",
    "FULLWIDTH": "LATIN",
    "MODIFIER": "COMMON",
}
_FREE = {"HAN", "JAPANESE", "HANGUL", "BOPOMOFO"}
_LOOKS_LATIN = {"CYRILLIC", "GREEK", "CHEROKEE", "ARMENIAN", "COPTIC", "LISU"}


def tidy(name: str) -> str:
    """The name as it is kept: composed, one space between words, nothing invisible that could turn or hide text."""
    composed = unicodedata.normalize("NFC", name)
    visible = "".join(
        c for c in composed if c in ZERO_WIDTH_JOINERS or unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cs", "Cn")
    )
    return _SPACES.sub(" ", visible).strip(" " + ZERO_WIDTH_JOINERS)


def folded(name: str) -> str:
    """What the name looks like, without case, spaces, marks of writing and look-alike letters."""
    return _STOPS.sub("", _skeleton(name))


def problem(name: str, *, staff: bool = False) -> str | None:
    """Why a (tidied) name cannot be used, as a code of wording.NAME_PROBLEMS; None where it can. Staff may say that they are."""
    letters = [c for c in name if unicodedata.category(c).startswith("L")]
    if len(name) < SHORTEST or not letters or not folded(name):
        return "too_short"
    if len(name) > LONGEST:
        return "too_long"
    if _ODD.search(name) or _has_heaped_marks(name) or sum(c.isdigit() for c in name) > 6:
        return "characters"
    if _mixes_scripts(letters):
        return "mixed"
    if not staff and claims_an_office(name):
        return "office"
    return None


def claims_an_office(name: str) -> bool:
    """Whether the name says, or seems to the eye to say, that this is City Hall or its staff.

    Letters set apart ("G L A") are read as one word, and digits as the letters that they stand for ("5taff").
    """
    return any(map(_claims, {_skeleton(name), _skeleton(name.translate(_DIGITS))}))


def _claims(seen: str) -> bool:
    words, whole = {word for word in _STOPS.split(seen) if word}, _STOPS.sub("", seen)
    return (
        bool((words | {whole}) & _OFFICE_SKELETONS)
        or whole in _ROLE_SKELETONS
        or any(office in whole for office in _OFFICE_WHOLES)
    )


def _skeleton(name: str) -> str:
    small = unicodedata.normalize("NFKC", name).casefold()
    plain = "".join(c for c in unicodedata.normalize("NFD", small) if unicodedata.category(c) != "Cf")
    seen = unicodedata.normalize("NFC", plain).translate(_LOOKALIKES)
    for pair, letter in _PAIRS:
        seen = seen.replace(pair, letter)
    return seen


def _has_heaped_marks(name: str) -> bool:
    run = 0
    for c in unicodedata.normalize("NFD", name):
        run = run + 1 if unicodedata.category(c) == "Mn" else 0
        if run > 3:
            return True
    return False


def _mixes_scripts(letters: list[str]) -> bool:
    scripts = {_script(c) for c in letters} - {"COMMON"}
    if len(scripts) < 2 or scripts <= _FREE | {"LATIN"}:
        return False
    return len(scripts) > 2 or "LATIN" not in scripts or bool(scripts & _LOOKS_LATIN)


def _script(letter: str) -> str:
    first = unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0].split("-", 1)[0]
    return _PREFIX_SCRIPTS.get(first, first)


_OFFICE_SKELETONS = frozenset(_skeleton(word) for word in _OFFICE_WORDS)
_ROLE_SKELETONS = frozenset(_skeleton(role) for role in _ROLES)
_OFFICE_WHOLES = tuple(folded(office) for office in _OFFICES)
