"""Links that say nothing: words that leave whoever hears them alone at a loss, in the languages we know them in."""

from __future__ import annotations

import re

VAGUE = {
    "en": {
        "click here", "here", "click", "this", "this link", "this page", "link", "more", "read more", "see more",
        "learn more", "find out more", "more info", "more information", "details", "more details", "download",
        "website", "this website", "page", "go", "continue", "info", "tap here", "follow this link", "see here",
        "view", "pdf", "document",
    },
    "pl": {
        "kliknij tutaj", "kliknij", "tutaj", "tu", "kliknij tu", "link", "ten link", "pod tym linkiem",
        "w tym miejscu", "więcej", "czytaj więcej", "zobacz więcej", "dowiedz się więcej", "szczegóły",
        "więcej informacji", "pobierz", "strona", "ta strona", "zobacz", "przejdź", "pdf", "dokument", "na stronie",
        "link tutaj",
    },
    "ar": {
        "اضغط هنا", "انقر هنا", "هنا", "اضغط", "انقر", "الرابط", "هذا الرابط", "رابط", "المزيد", "اقرأ المزيد",
        "اقرأ أكثر", "للمزيد", "لمزيد من المعلومات", "مزيد من المعلومات", "التفاصيل", "تفاصيل", "تحميل", "تنزيل",
        "هذه الصفحة", "الصفحة", "الموقع", "شاهد المزيد",
    },
}  # fmt: skip
EVERY = frozenset().union(*VAGUE.values())
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>()\[\]\"'“”]+", re.IGNORECASE)


def is_vague(text: str) -> bool:
    """Whether a link with this text does not say where it leads; in whichever language."""
    return bare(text) in EVERY


def is_address(text: str) -> bool:
    """Whether the text of a link is an address and nothing more."""
    return bool(ADDRESS.fullmatch(text.strip()))


def bare(text: str) -> str:
    """The words of a link without arrows, dots and capitals."""
    return " ".join(_AROUND.sub("", text).casefold().split())
