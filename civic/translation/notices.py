"""What translation tells people: that somebody looked at what they suggested."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.core.db import db
from civic.core.manifest import Notice, Told
from civic.core.web import external_url
from civic.translation.actions.suggesting import DECIDED
from civic.translation.models import Translation
from civic.translation.queries.things import texts_by_name

QUOTED = 300


def decided(facts: Mapping[str, Any]) -> Told | None:
    """A translator took a suggestion, or said why not."""
    row = db.session.get(Translation, facts["translation"])
    if row is None or row.status not in ("approved", "rejected", "replaced"):
        return None
    texts = texts_by_name(row.thing)
    title = texts.title if texts else ""
    url = external_url("translation.list_mine")
    if row.status == "rejected":
        sentence = _("Your translation for “%(title)s” was not taken.", title=title)
        return Told(sentence, url, row.reason[:QUOTED], row.reason_language)
    return Told(_("Your translation for “%(title)s” was taken. Thank you.", title=title), url)


NOTICES = [Notice(DECIDED, _l("What becomes of a translation that you suggested"), decided)]
