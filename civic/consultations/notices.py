"""News of consultations, put into words in the reader's language when it is read or sent."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from civic.consultations.models import Consultation, DateChange, Update
from civic.consultations.queries.consultations import by_id
from civic.core.db import db
from civic.core.i18n import format_date, format_datetime, format_number
from civic.core.manifest import Notice, Told
from civic.core.web import external_url

Draw = Callable[[Mapping[str, Any]], Told | None]


def _drawn(
    words: Callable[[Consultation, Mapping[str, Any]], str], endpoint: str = "consultations.show_consultation"
) -> Draw:
    """A notice that says one sentence and shows the question in its own language."""

    def draw(facts: Mapping[str, Any]) -> Told | None:
        consultation = by_id(facts["consultation"])
        if consultation is None:
            return None
        sentence = words(consultation, facts)
        url = external_url(endpoint, slug=consultation.slug)
        return Told(sentence, url, consultation.question, consultation.language) if sentence else None

    return draw


def _opened(consultation: Consultation, facts: Mapping[str, Any]) -> str:
    day = format_datetime(consultation.closes_at)
    return _("A consultation that you follow is open. You can take part until %(day)s.", day=day)


def _closing(consultation: Consultation, facts: Mapping[str, Any]) -> str:
    return _("A consultation that you follow closes on %(day)s.", day=format_datetime(consultation.closes_at))


def _withdrawn(consultation: Consultation, facts: Mapping[str, Any]) -> str:
    return _("A consultation that you follow was withdrawn. Its page says why.")


def _overdue(consultation: Consultation, facts: Mapping[str, Any]) -> str:
    day = format_date(consultation.due_at)
    return _("The answer to a consultation that you follow was promised by %(day)s and is late.", day=day)


def _outcome(consultation: Consultation, facts: Mapping[str, Any]) -> str:
    return _(
        "There is an answer: what we heard in a consultation that you took part in or follow, what was decided, and why."
    )


def _due(consultation: Consultation, facts: Mapping[str, Any]) -> str:
    weeks = int(facts["weeks"])
    closed = ngettext(
        "A consultation that you are responsible for closed %(shown)s week ago.",
        "A consultation that you are responsible for closed %(shown)s weeks ago.",
        weeks, shown=format_number(weeks),
    )  # fmt: skip
    if consultation.is_over:
        return ""
    return f"{closed} {_('Its answer is promised by %(day)s.', day=format_date(consultation.due_at))}"


def _dates(facts: Mapping[str, Any]) -> Told | None:
    change = db.session.get(DateChange, facts["change"])
    consultation = by_id(facts["consultation"])
    if change is None or consultation is None:
        return None
    day = format_datetime(change.after)
    if change.kind == "extended":
        sentence = _("A consultation that you follow is open for longer, until %(day)s. The reason:", day=day)
    else:
        sentence = _("A consultation that you follow was closed early, on %(day)s. The reason:", day=day)
    url = external_url("consultations.show_consultation", slug=consultation.slug)
    return Told(sentence, url, change.why, consultation.language)


def _update(facts: Mapping[str, Any]) -> Told | None:
    update, consultation = db.session.get(Update, facts["update"]), by_id(facts["consultation"])
    if update is None or consultation is None:
        return None
    url = external_url("consultations.show_consultation", slug=consultation.slug) + f"#update-{update.id}"
    return Told(_("There is news of a consultation that you follow:"), url, update.title, update.language)


NOTICES = [
    Notice("consultation_opened", _l("A consultation that I follow opens"), _drawn(_opened), took_part=False),
    Notice("consultation_update", _l("News of a consultation that I follow"), _update, took_part=False),
    Notice(
        "consultation_closing", _l("A consultation that I follow closes soon"), _drawn(_closing), usual="weekly", took_part=False
    ),
    Notice("consultation_dates", _l("A consultation that I follow is extended or closed early"), _dates, took_part=False),
    Notice("consultation_withdrawn", _l("A consultation that I follow is withdrawn"), _drawn(_withdrawn), took_part=False),
    Notice("consultation_overdue", _l("The answer to a consultation that I follow is late"), _drawn(_overdue), usual="weekly"),
    Notice(
        "consultation_outcome",
        _l("What came of a consultation that I took part in"),
        _drawn(_outcome, "consultations.show_outcome"),
    ),
    Notice(
        "consultation_due", _l("An answer that I am responsible for is due"), _drawn(_due), owed=True, took_part=False
    ),
]  # fmt: skip
