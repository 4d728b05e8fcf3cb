"""What moderation tells people, put into words when it is read or sent."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.core.db import db
from civic.core.i18n import format_datetime
from civic.core.manifest import Notice, Told
from civic.core.moderated import published
from civic.core.web import external_url
from civic.moderation.models import Appeal, Case, Decision, Suspension, Warned
from civic.moderation.wording import house_rule


def _case_of(facts: Mapping[str, Any]) -> tuple[Case, Decision] | None:
    decision = db.session.get(Decision, int(facts["decision"]))
    case = db.session.get(Case, decision.case_id) if decision is not None else None
    return (case, decision) if case is not None and decision is not None else None


def decided(facts: Mapping[str, Any]) -> Told | None:
    """What a moderator decided about one's own words."""
    found = _case_of(facts)
    if found is None:
        return None
    case, decision = found
    url = external_url("moderation.show_mine", case_id=case.id)
    if decision.verb == "keep":
        return Told(_("A moderator looked at what you wrote: everybody can see it now."), url)
    sentence = _(
        "A moderator removed what you wrote. The house rule it broke: %(rule)s. You can change it or appeal.",
        rule=house_rule(decision.rule),
    )
    return Told(sentence, url, decision.words, decision.language)


def report_answered(facts: Mapping[str, Any]) -> Told | None:
    """What became of what one reported; without a decision its author has taken it back."""
    if "case" in facts:
        is_known = db.session.get(Case, int(facts["case"])) is not None
        sentence = _("Thank you for your report: whoever wrote the text has taken it back.")
        return Told(sentence, external_url("moderation.list_mine")) if is_known else None
    found = _case_of(facts)
    if found is None:
        return None
    case, decision = found
    if decision.verb == "remove":
        return Told(_("Thank you for your report: a moderator removed the text."), external_url("moderation.list_mine"))
    text = published([case.thing]).get(case.thing)
    return Told(
        _("A moderator looked at what you reported and left it: it does not break the house rules."),
        text.url if text else external_url("moderation.list_mine"),
        decision.words,
        decision.language,
    )


def appeal_decided(facts: Mapping[str, Any]) -> Told | None:
    """What somebody else decided about one's appeal."""
    if "suspension" in facts:
        return _suspension_appeal(int(facts["suspension"]))
    found = _case_of(facts)
    if found is None:
        return None
    case, decision = found
    sentence = (
        _("Your appeal was heard: what you wrote is back.")
        if decision.verb == "restore"
        else _("Your appeal was heard by another moderator, and what you wrote stays removed.")
    )
    return Told(sentence, external_url("moderation.show_mine", case_id=case.id), decision.words, decision.language)


def _suspension_appeal(suspension_id: int) -> Told | None:
    asked = db.session.scalars(select(Appeal).where(Appeal.suspension_id == suspension_id)).one_or_none()
    if asked is None or not asked.answer:
        return None
    sentence = (
        _("Your appeal was heard: your suspension has ended, and you may publish again.")
        if asked.outcome == "restored"
        else _("Your appeal was heard by another moderator, and your suspension stands.")
    )
    return Told(sentence, external_url("moderation.list_mine"), asked.answer, asked.answer_language)


def warned(facts: Mapping[str, Any]) -> Told | None:
    """A warning."""
    found = db.session.get(Warned, int(facts["number"]))
    if found is None:
        return None
    sentence = _("A moderator warns you: if this goes on, you may not publish anything for a time.")
    return Told(sentence, external_url("moderation.list_mine"), found.words, found.language)


def suspended(facts: Mapping[str, Any]) -> Told | None:
    """That one may not publish for a time."""
    found = db.session.get(Suspension, int(facts["number"]))
    if found is None:
        return None
    sentence = _("You may not publish anything until %(until)s.", until=format_datetime(found.ends_at))
    return Told(sentence, external_url("moderation.list_mine"), found.words, found.language)


def suspension_lifted(facts: Mapping[str, Any]) -> Told | None:
    """That one may publish again."""
    found = db.session.get(Suspension, int(facts["number"]))
    if found is None:
        return None
    return Told(_("You may publish again."), external_url("moderation.list_mine"), found.lifted_why, found.language)


NOTICES = [
    Notice("moderation.decided", _l("What moderators decided about your words"), decided, owed=True),
    Notice("moderation.appeal_decided", _l("What came of your appeal"), appeal_decided, owed=True),
    Notice("moderation.warned", _l("Warnings"), warned, owed=True),
    Notice("moderation.suspended", _l("That you may not publish for a time"), suspended, owed=True),
    Notice("moderation.suspension_lifted", _l("That you may publish again"), suspension_lifted, owed=True),
    Notice("moderation.report_answered", _l("What came of your reports to moderators"), report_answered),
]
