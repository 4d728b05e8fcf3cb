"""Builders of translations: published, suggested, made by a machine, out of date; and words of the glossary."""

from datetime import datetime
from typing import Any

from civic.core.db import db
from civic.core.subjects import named
from civic.core.translatable import Source
from civic.translation.actions import glossary, importing, suggesting, writing
from civic.translation.actions.writing import Place
from civic.translation.models import GlossaryTerm, Translation, TranslationFile
from civic.translation.queries.things import texts_by_name


class MakeTranslation:
    """Translations with honest defaults: into Polish, by a translator, of what the original says now."""

    now: datetime

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    def translator(self, **about: Any) -> Any:
        """A member of staff who translates: always the same, unless something is said about them."""
        if about:
            return self.staff("translator", **about)  # type: ignore[attr-defined]
        if getattr(self, "_zofia", None) is None:
            self._zofia = self.staff("translator", name="Zofia Baran")  # type: ignore[attr-defined]
        return self._zofia

    def source(self, thing: str, field: str) -> Source:
        """The original of a text as it stands."""
        texts = texts_by_name(thing)
        assert texts is not None
        return texts.sources[field]

    def translation(
        self, thing: Any, field: str, text: str, *, language: str = "pl", by: Any = None, origin: str = "person",
        why: str = "As agreed.", source: Source | None = None,
    ) -> Translation:  # fmt: skip
        """A translation that readers see; one of a machine was published by a person."""
        name = thing if isinstance(thing, str) else named(thing.__tablename__, thing.id)
        place, by = Place(name, field, language), by or self.translator()
        source = source or self.source(name, field)
        if origin == "machine":
            writing.keep_draft(place, text, source, by=by, now=self.now, origin="machine")
        made = writing.publish(place, text, source, by=by, now=self.now, why=why)
        assert made is not None
        db.session.flush()
        return made

    def suggestion(
        self, thing: Any, field: str, text: str, *, language: str = "pl", by: Any = None, taken_by: Any = None
    ) -> Translation:
        """A translation that a member suggests; taken where `taken_by` is given."""
        name = thing if isinstance(thing, str) else named(thing.__tablename__, thing.id)
        by = by or self.settled_member()  # type: ignore[attr-defined]
        source = self.source(name, field)
        made = suggesting.suggest(Place(name, field, language), text, source, by=by, now=self.now, why="It is.")
        if taken_by is not None:
            suggesting.approve(made, source, by=taken_by, now=self.now)
        return made

    def term(self, term: str = "borough", translation: str = "dzielnica", **about: Any) -> GlossaryTerm:
        """A word of the glossary, locked unless said."""
        values: dict[str, Any] = {"language": "pl", "is_locked": True, "note": ""} | about
        return glossary.keep_term(
            None, term=term, translation=translation, by=self.translator(), now=self.now, **values
        )

    def translation_file(self, data: bytes, name: str = "from-agency.csv", *, by: Any = None) -> TranslationFile:
        """A file that was sent and waits to be taken over."""
        return importing.receive(data, name, by=by or self.translator(), now=self.now)
