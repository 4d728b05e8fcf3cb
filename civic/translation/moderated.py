"""What moderation needs to know of translations that members suggest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.accounts.models import User
from civic.core.db import db
from civic.core.manifest import Moderated, Published
from civic.translation.access import may_translate, may_withdraw
from civic.translation.actions.suggesting import show_suggestion
from civic.translation.models import Translation
from civic.translation.queries.things import texts_of


def load(numbers: Iterable[int]) -> Mapping[int, Published]:
    """Suggestions of members with these numbers."""
    rows = db.session.execute(
        select(Translation, User.display_name)
        .outerjoin(User, User.id == Translation.by_id)
        .where(Translation.id.in_(list(numbers)), Translation.origin == "community")
    ).all()
    known = texts_of({row.thing for row, _name in rows})
    return {
        row.id: Published(
            number=row.id,
            author_id=row.by_id,
            author=name or "",
            title=known[row.thing].title if row.thing in known else "",
            text=row.text,
            language=row.language,
            url=url_for("translation.show_thing", translated=row.thing, language=row.language),
            at=row.at,
            shown=row.shown,
        )
        for row, name in rows
    }


def _may_see(number: int) -> bool:
    row = db.session.get(Translation, number)
    return row is not None and row.origin == "community" and (row.is_in_sight or may_withdraw(row) or may_translate())


MODERATED = [Moderated("translation", _l("Translation"), load, show_suggestion, _may_see)]
