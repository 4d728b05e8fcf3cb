"""Requests for the demo, one in each state. Made up: no real person is meant."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from civic.requests import actions
from civic.requests.actions import Wish
from civic.requests.things import thing_of

# Days ago, what it is about, the wish, how it came, and what became of it.
ASKED: tuple[tuple[int, str, Wish, str, tuple[tuple[str, str], ...]], ...] = (
    (
        24,
        "heat",
        Wish("large_print", "post", "en", name="Doreen Baptiste", address="Flat 4, 22 Amhurst Road\nLondon E8 1LL",
             wanted="20 points or larger, please, on cream paper."),
        "phone",
        (("accept", ""), ("make", ""), ("send", "")),
    ),
    (
        17,
        "heat",
        Wish("braille", "relay", "en", name="Gwyn Parry", phone="020 7946 0471", address="9 Tower Bridge Road\nLondon SE1 4TR",
             wanted="Grade 2, the questions and what happens with the answers."),
        "phone",
        (("accept", ""),),
    ),
    (
        6,
        "heat",
        Wish("summary", "email", "en", into="Somali", name="Hodan Warsame", email="hodan.warsame@example.org",
             wanted="For the women’s group in Harlesden; about twelve of us would answer."),
        "web",
        (("accept", ""), ("make", "")),
    ),
    (3, "heat", Wish("bsl", "bsl", "en", name="Petra Lindqvist", email="petra.lindqvist@example.org"), "web", ()),
    (
        2,
        "",
        Wish("audio_cd", "post", "pl", name="Zbigniew Kozak", address="31 Uxbridge Road\nLondon W5 5SB"),
        "post",
        (("decline", "Nie nagrywamy już płyt. Przesyłamy nagranie na pendrivie, proszę dać nam znać."),),
    ),
    (1, "", Wish("easy_read", "email", "ar", email="rana.haddad@example.org"), "web", ()),
    (9, "heat", Wish("translation", "email", "en", into="Twi", email="kwabena@example.org"), "desk", (("withdraw", ""),)),
)  # fmt: skip


def plant(by: Any, surveys: Mapping[str, int], *, now: datetime) -> str:
    """Requests in every state; `surveys` gives the number of a survey by its name here."""
    for days, about, wish, mode, moves in ASKED:
        moment = now - timedelta(days=days)
        thing = thing_of(f"survey:{surveys[about]}") if about else None
        taken_by = by if mode != "web" else None
        asked = actions.ask(wish, about=thing, now=moment, mode=mode, taken_by=taken_by)
        for step, (verb, why) in enumerate(moves, 1):
            actions.move(asked.id, verb, by=by, now=moment + timedelta(hours=20 * step), why=why)
    return f"{len(ASKED)} requests for other formats, one of them overdue"
