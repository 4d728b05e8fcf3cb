"""What is held about a person, to take away."""

import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from civic.privacy import queries


def archive(person_id: int, readme: str) -> bytes:
    """A zip with one JSON file a table, and a text that says what it is."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as folder:
        folder.writestr("README.txt", readme)
        for card in queries.cards():
            rows = list(queries.rows_about(card, person_id))
            if rows:
                told = {"what": str(card.title), "why": str(card.purpose), "how_long": str(card.keep), "rows": rows}
                name = f"{card.model.__table__.name}-{card.person}.json"  # type: ignore[attr-defined]
                folder.writestr(name, json.dumps(told, ensure_ascii=False, indent=1))
    return packed.getvalue()
