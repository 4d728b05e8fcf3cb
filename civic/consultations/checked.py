"""The texts of a consultation as they are checked before others read them."""

from civic.consultations import access
from civic.consultations.models import Consultation
from civic.consultations.queries import consultations as queries
from civic.consultations.queries import outcome as outcomes
from civic.consultations.wording import PARTS
from civic.core.advice import Checked, Text
from civic.core.i18n import Words
from civic.core.web import link_to


def _texts(number: int) -> list[Text]:
    c = queries.by_id(number)
    if c is None:
        return []
    found = [_step(c, name, step, markdown=name not in PLAIN) for name, step in STEPS.items()]
    found += [
        Text(
            "documents",
            PARTS["document"],
            each.Document.title,
            each.Document.language,
            False,
            _page(c, "list_documents"),
        )
        for each in queries.documents(c.id)
    ]
    if c.status in ("considering", "answered"):
        found += _outcome(c)
    return found


STEPS = {
    "question": "question", "summary": "question", "background": "question", "can_change": "change", "cannot_change": "change",
    "equality_note": "equality",
}  # fmt: skip
PLAIN = ("question", "summary", "equality_note")


def _step(c: Consultation, name: str, step: str, *, markdown: bool) -> Text:
    address = link_to("manage_consultations.edit_step", slug=c.slug, part=step, _anchor=name)
    return Text(name, PARTS[name], getattr(c, name), c.language, markdown, address)


def _outcome(c: Consultation) -> list[Text]:
    told, address = outcomes.outcome_of(c.id), _page(c, "show_outcome")
    found = [Text("outcome_summary", PARTS["outcome_summary"], c.outcome_summary, c.language, url=address)]
    for theme in told.themes:
        found += [Text("theme", PARTS["theme"], theme.title, c.language, False, address)]
        found += [Text("heard", PARTS["theme"], theme.heard, c.language, url=address)]
    for decision in told.decisions:
        found += [Text("decided", PARTS["decision"], decision.decided, c.language, url=address)]
        found += [Text("because", PARTS["decision"], decision.because, c.language, url=address)]
    return found


def _page(c: Consultation, endpoint: str) -> str:
    return link_to(f"manage_consultations.{endpoint}", slug=c.slug)


def _edit_url(number: int) -> str:
    c = queries.by_id(number)
    return _page(c, "show_consultation") if c is not None else link_to("manage_consultations.list_consultations")


def _may_edit(number: int) -> bool:
    return access.may_run() and queries.by_id(number) is not None


def _title(number: int) -> Words:
    c = queries.by_id(number)
    return Words(c.question, c.language) if c is not None else Words("", "en")


CHECKED = [Checked("consultation", _texts, by_staff=True, edit_url=_edit_url, may_edit=_may_edit, title=_title)]
