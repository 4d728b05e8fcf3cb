"""Changing a questionnaire: each function takes one and returns another; keys once given are kept."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from difflib import SequenceMatcher
from hashlib import blake2b
from typing import TypeVar

from civic.surveys.rules.questionnaire import DECLINED, Option, Question, Questionnaire, Section, Text

Thing = Section | Question
T = TypeVar("T")


def edition(thing: Thing | Questionnaire) -> str:
    """A short mark of how something stands; another mark means that somebody changed it."""
    return blake2b(json.dumps(thing.to_json(), sort_keys=True).encode(), digest_size=8).hexdigest()


def thing_with_key(questionnaire: Questionnaire, key: str) -> Thing | None:
    """The section or question with this key."""
    return questionnaire.section(key) or questionnaire.question(key)


def keys_taken(questionnaire: Questionnaire) -> set[str]:
    """Every key that a new section or question may not have."""
    return {s.key for s in questionnaire.sections} | {q.key for q in questionnaire.questions()}


def new_key(words: str, taken: Collection[str], fallback: str) -> str:
    """A readable key made from words, unlike every key already taken."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    parts = [part for part in re.split(r"[^a-z0-9]+", plain) if part]
    while parts and not parts[0][0].isalpha():
        parts.pop(0)
    stem = "_".join(parts[:6])[:32].strip("_") or fallback
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}_{number}", number + 1
    return key


def add_section(questionnaire: Questionnaire, section: Section) -> Questionnaire:
    """With one more section at the end."""
    return replace(questionnaire, sections=(*questionnaire.sections, section))


def add_question(questionnaire: Questionnaire, section_key: str, question: Question) -> Questionnaire:
    """With one more question at the end of a section."""
    return _each_section(
        questionnaire,
        lambda s: replace(s, questions=(*s.questions, question)) if s.key == section_key else s,
    )


def copy_question(questionnaire: Questionnaire, key: str, copied: str) -> Questionnaire:
    """With the same question once more, right after itself, under another key."""

    def twice(section: Section) -> Section:
        pairs = ((q, replace(q, key=copied)) if q.key == key else (q,) for q in section.questions)
        return replace(section, questions=tuple(q for pair in pairs for q in pair))

    return _each_section(questionnaire, twice)


def put(questionnaire: Questionnaire, thing: Thing) -> Questionnaire:
    """With a section's own words and condition, or a question, in place of the one that has its key."""
    if isinstance(thing, Section):
        return _each_section(
            questionnaire, lambda s: replace(thing, questions=s.questions) if s.key == thing.key else s
        )
    return _each_section(
        questionnaire,
        lambda s: replace(s, questions=tuple(thing if q.key == thing.key else q for q in s.questions)),
    )


def remove(questionnaire: Questionnaire, key: str) -> Questionnaire:
    """Without the section (and its questions) or the question with this key."""
    kept = tuple(section for section in questionnaire.sections if section.key != key)
    return _each_section(
        replace(questionnaire, sections=kept),
        lambda s: replace(s, questions=tuple(q for q in s.questions if q.key != key)),
    )


def move(questionnaire: Questionnaire, key: str, steps: int) -> Questionnaire:
    """With a section or question one place up (-1) or down (+1); a question at the edge goes to the next section."""
    sections = list(questionnaire.sections)
    for place, section in enumerate(sections):
        if section.key == key:
            return replace(questionnaire, sections=tuple(_swapped(sections, place, place + steps)))
        keys = [question.key for question in section.questions]
        if key not in keys:
            continue
        at = keys.index(key)
        if 0 <= at + steps < len(keys):
            sections[place] = replace(section, questions=tuple(_swapped(list(section.questions), at, at + steps)))
        elif 0 <= place + steps < len(sections):
            question, neighbour = section.questions[at], sections[place + steps]
            sections[place] = replace(section, questions=tuple(q for q in section.questions if q.key != key))
            joined = (question, *neighbour.questions) if steps > 0 else (*neighbour.questions, question)
            sections[place + steps] = replace(neighbour, questions=joined)
        return replace(questionnaire, sections=tuple(sections))
    return questionnaire


def _swapped(items: list[T], one: int, other: int) -> list[T]:
    if 0 <= other < len(items):
        items[one], items[other] = items[other], items[one]
    return items


def _each_section(questionnaire: Questionnaire, change: Callable[[Section], Section]) -> Questionnaire:
    return replace(questionnaire, sections=tuple(change(section) for section in questionnaire.sections))


def options_from_lines(
    lines: Iterable[str], before: tuple[Option, ...], language: str, fallback: str = "option"
) -> tuple[Option, ...]:
    """Options typed one a line. A line that was there keeps its key, wherever it moved; a line that was reworded in
    place keeps it too; the rest get new ones. Translations and flags go with the key."""
    words = [" ".join(line.split()) for line in lines if line.strip()]
    was = [option.text.get(language, "") for option in before]
    matched: dict[int, Option] = {}
    for tag, a, b, c, d in SequenceMatcher(None, was, words, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and b - a == d - c and not set(words[c:d]) & set(was)):
            matched.update(zip(range(c, d), before[a:b], strict=True))
    used = {option.key for option in matched.values()}
    for place, line in enumerate(words):
        if place not in matched:
            moved = next((o for o in before if o.key not in used and o.text.get(language) == line), None)
            if moved:
                matched[place] = moved
                used.add(moved.key)
    taken = used | {option.key for option in before}
    options = []
    for place, line in enumerate(words):
        option = matched.get(place) or Option(_option_key(line, taken, fallback), {})
        taken.add(option.key)
        options.append(replace(option, text=with_words(option.text, language, line)))
    return tuple(options)


def _option_key(line: str, taken: Collection[str], fallback: str) -> str:
    if line.casefold() == "prefer not to say" and DECLINED not in taken:
        return DECLINED
    return new_key(line, {*taken, "other"}, fallback)


def with_words(text: Text, language: str, words: str) -> Text:
    """A text with these words in one language; empty words take the language away."""
    changed = {**text, language: words}
    return {code: said for code, said in changed.items() if said}


def texts_of(questionnaire: Questionnaire) -> Iterable[tuple[str, Text]]:
    """Every text that has to be translated, with an address that `with_texts` understands."""
    for section in questionnaire.sections:
        yield f"{section.key}.title", section.title
        yield f"{section.key}.intro", section.intro
        for question in section.questions:
            yield f"{question.key}.text", question.text
            yield f"{question.key}.hint", question.hint
            yield f"{question.key}.unit", question.unit
            for option in question.options:
                yield f"{question.key}.option.{option.key}", option.text
            for row in question.rows:
                yield f"{question.key}.row.{row.key}", row.text
            for point, label in question.labels.items():
                yield f"{question.key}.label.{point}", label


def with_texts(questionnaire: Questionnaire, language: str, said: dict[str, str]) -> Questionnaire:
    """With these words in one language, each at its address; other addresses stay as they are."""

    def words(address: str, text: Text) -> Text:
        return with_words(text, language, said[address]) if address in said else text

    def question(q: Question) -> Question:
        return replace(
            q,
            text=words(f"{q.key}.text", q.text),
            hint=words(f"{q.key}.hint", q.hint),
            unit=words(f"{q.key}.unit", q.unit),
            options=tuple(replace(o, text=words(f"{q.key}.option.{o.key}", o.text)) for o in q.options),
            rows=tuple(replace(r, text=words(f"{q.key}.row.{r.key}", r.text)) for r in q.rows),
            labels={point: words(f"{q.key}.label.{point}", label) for point, label in q.labels.items()},
        )

    return _each_section(
        questionnaire,
        lambda s: replace(
            s,
            title=words(f"{s.key}.title", s.title),
            intro=words(f"{s.key}.intro", s.intro),
            questions=tuple(question(q) for q in s.questions),
        ),
    )
