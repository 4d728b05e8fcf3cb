"""Files of translations that come back: read, compared with what stands here, and taken over once somebody has looked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from civic.core import audit
from civic.core.db import db, locked
from civic.core.i18n import LANGUAGES
from civic.core.translatable import Source, Texts
from civic.translation import formats, refusals
from civic.translation.actions.writing import Place, publish
from civic.translation.formats import Entry
from civic.translation.models import TranslationFile
from civic.translation.queries import current, things
from civic.translation.queries.glossary import terms
from civic.translation.rules import checking
from civic.translation.rules.choices import TEXT_MOST
from civic.translation.rules.comparing import mark_of

KEPT_FOR = timedelta(days=7)
NEW, CHANGED, SAME, EMPTY, GONE, LONG = "new", "changed", "same", "empty", "gone", "long"


@dataclass(frozen=True)
class Line:
    """What one entry of a file would do."""

    entry: Entry
    what: str
    title: str = ""
    source: Source | None = None
    before: str = ""
    moved_on: bool = False  # the original says something else than in the file
    faults: tuple[checking.Fault, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether it would change anything."""
        return self.what in (NEW, CHANGED)

    @property
    def is_grave(self) -> bool:
        """Whether it can be taken over only with a reason."""
        return any(each.is_grave for each in self.faults)


def receive(data: bytes, name: str, *, by: Any, now: datetime) -> TranslationFile:
    """Read a file and keep it for its preview. Raises UnreadableFile, UnsafeFile and TooManyEntries."""
    kind = formats.format_of(name)
    if kind is None:
        raise refusals.UnreadableFile()
    try:
        entries = formats.read(data, kind)
    except formats.Unsafe as error:
        raise refusals.UnsafeFile() from error
    except formats.Unreadable as error:
        raise (refusals.TooManyEntries() if str(error) in ("size", "number") else refusals.UnreadableFile()) from error
    if not entries:
        raise refusals.UnreadableFile()
    kept = TranslationFile(
        name=name[:120], format=kind, entries=[list(each[:5]) for each in entries], by_id=by.id, at=now, taken_at=None
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def compared(file: TranslationFile) -> list[Line]:
    """What a file would change, entry by entry, in its order; a few statements a kind of thing."""
    entries = [Entry(*each) for each in file.entries]
    known = things.texts_of({each.thing for each in entries})
    standing = _standing(entries, known)
    glossary: dict[tuple[str, str], list[checking.Term]] = {}
    lines = []
    for each in entries:
        line = _line(each, known.get(each.thing), standing)
        if line.writes and line.source is not None:
            pair = (each.language, line.source.language)
            if pair not in glossary:
                glossary[pair] = terms(*pair)
            line = replace(line, faults=tuple(
                checking.faults(line.source.text, each.text, glossary[pair], markdown=line.source.markdown)
            ))  # fmt: skip
        lines.append(line)
    return lines


def take_over(file: TranslationFile, *, by: Any, now: datetime, why: str = "") -> int:
    """Publish what a file changes; entries that break a rule only with a reason. Gives how many. Raises TakenAlready."""
    held = locked(TranslationFile, file.id)
    if held is None or held.taken_at is not None:
        raise refusals.TakenAlready()
    taken = 0
    keepers: dict[tuple[str, str], dict[str, str]] = {}
    # Always in the same order, so that two files do not wait for each other in a circle.
    changing = (each for each in compared(held) if each.writes)
    for line in sorted(changing, key=lambda each: (each.entry.key, each.entry.language)):
        if line.is_grave and not why:
            continue
        assert line.source is not None
        if _keeps_itself(line.entry.thing):
            keepers.setdefault((line.entry.thing, line.entry.language), {})[line.entry.field] = line.entry.text
        else:
            place = Place(line.entry.thing, line.entry.field, line.entry.language)
            # What was translated is what the file says the original was: if it moved on, readers are told.
            source = replace(line.source, text=line.entry.source or line.source.text)
            publish(place, line.entry.text, source, by=by, now=now, why=why)
        taken += 1
    for (thing, language), said in sorted(keepers.items()):
        kind, number = things.kind_of(thing) or (None, 0)
        assert kind is not None
        assert kind.write is not None
        kind.write(number, language, said)
    held.taken_at = now
    audit.record("translation.file_taken", on=held, by=by, now=now, why=why, after={"name": held.name, "taken": taken})
    return taken


def forget_files(now: datetime) -> None:
    """Files are kept for a week, whether they were taken over or not."""
    db.session.execute(delete(TranslationFile).where(TranslationFile.at < now - KEPT_FOR))


def entries_of(names: Sequence[str], language: str) -> list[Entry]:
    """Everything that can be translated of these things into a language, with what stands there: what a file holds."""
    known = things.texts_of(names)
    kept = {(each.thing, each.field): each.text for each in current.in_sight(known, language)}
    found = []
    for name in names:
        if name not in known:
            continue
        kept |= {(name, field): text for field, text in _held(name, language).items()}
        for field, source in things.to_translate(known[name], language).items():
            label = f"{known[name].title}: {source.label}"
            text = kept.get((name, field), "")
            found.append(Entry(name, field, language, formats.plain(source.text), text, label, source.language))
    return found


def _line(entry: Entry, texts: Texts | None, standing: Mapping[tuple[str, str, str], str]) -> Line:
    source = things.to_translate(texts, entry.language).get(entry.field) if texts else None
    if texts is None or source is None or entry.language not in LANGUAGES:
        return Line(entry, GONE)
    before = standing.get((entry.thing, entry.field, entry.language), "")
    moved_on = mark_of(entry.source) != mark_of(formats.plain(source.text))
    if not entry.text.strip():
        what = EMPTY
    elif len(entry.text) > (source.most or TEXT_MOST):
        what = LONG
    elif not before:
        what = NEW
    else:
        what = SAME if formats.plain(before) == entry.text else CHANGED
    return Line(entry, what, texts.title, source, before, moved_on)


def _standing(entries: Iterable[Entry], known: Mapping[str, Texts]) -> dict[tuple[str, str, str], str]:
    found: dict[tuple[str, str, str], str] = {}
    pairs = {(each.thing, each.language) for each in entries}
    for language in {language for _thing, language in pairs}:
        for each in current.in_sight(known, language):
            found[(each.thing, each.field, language)] = each.text
    for thing, language in pairs:
        found |= {(thing, field, language): text for field, text in _held(thing, language).items()}
    return found


def _held(thing: str, language: str) -> Mapping[str, str]:
    found = things.kind_of(thing)
    return found[0].held(found[1], language) if found and found[0].held else {}


def _keeps_itself(thing: str) -> bool:
    found = things.kind_of(thing)
    return bool(found and found[0].write)
