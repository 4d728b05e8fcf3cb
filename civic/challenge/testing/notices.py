"""What tests tell people, put into words in their language from the facts that were kept."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.challenge.testing.models import Change, Milestone, TestGrant
from civic.challenge.testing.queries import subsidy
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.wording import CHANGES, STEPS
from civic.core.db import db
from civic.core.i18n import format_date, money_text
from civic.core.manifest import Notice, Told
from civic.core.web import external_url

QUOTED = 300


def about_subsidy(facts: Mapping[str, Any]) -> Told | None:
    """The notification and the confirmation of section 37 of the Subsidy Control Act 2022; and that the startup has declared."""
    test = queries.test_by_id(facts["test"])
    notice = subsidy.notice_of(test.award_id) if test else None
    if test is None or notice is None or notice.status == "void":
        return None
    startup, gross = test.startup.organisation.name, money_text(notice.gross)
    url = external_url("testing.show_declaration", test_id=test.id)
    if facts["what"] == "notification":
        sentence = _(
            "We propose to give %(startup)s a test grant of %(gross)s (gross) as minimal financial assistance under section 36 of the "
            "Subsidy Control Act 2022. Confirm in writing that the ceiling of the law will not be exceeded.",
            startup=startup,
            gross=gross,
        )
    elif facts["what"] == "confirmation":
        sentence = _(
            "We confirm: on %(day)s %(startup)s was given %(gross)s (gross) as minimal financial assistance under section 36 of the "
            "Subsidy Control Act 2022. Keep a record of it for at least three years.",
            startup=startup,
            gross=gross,
            day=format_date(notice.given_on),
        )
    else:
        sentence = _("%(startup)s has declared earlier subsidies for its test grant.", startup=startup)
        url = external_url("manage_testing.show_test", test_id=test.id)
    return Told(sentence, url)


def about_milestone(facts: Mapping[str, Any]) -> Told | None:
    """Evidence was handed in, returned or signed off."""
    test, milestone = queries.test_by_id(facts["test"]), db.session.get(Milestone, facts["milestone"])
    if test is None or milestone is None:
        return None
    about = {"milestone": milestone.title, "startup": test.startup.organisation.name}
    sentences = {
        "handed_in": _("%(startup)s has handed in the milestone “%(milestone)s”. Sign it off or return it.", **about),
        "returned": _("The milestone “%(milestone)s” needs something more.", **about),
        "signed_off": _("The partner has signed off the milestone “%(milestone)s” of %(startup)s.", **about),
    }
    quoted = milestone.answer if facts["what"] == "returned" else ""
    return Told(sentences[facts["what"]], _where(test, facts, milestone), _short(quoted), milestone.answer_language)


def about_lateness(facts: Mapping[str, Any]) -> Told | None:
    """A milestone asks for itself; nothing where it has moved on since."""
    test, milestone = queries.test_by_id(facts["test"]), db.session.get(Milestone, facts["milestone"])
    if test is None or milestone is None or milestone.turn != facts["turn"] or test.status != "running":
        return None
    waits = "handed_in" if facts["step"].endswith("_waits") else "planned"
    if milestone.status != waits:
        return None
    sentence = str(STEPS[facts["step"]]) % {"milestone": milestone.title, "day": format_date(milestone.due_on)}
    return Told(sentence, _where(test, facts, milestone))


def about_change(facts: Mapping[str, Any]) -> Told | None:
    """A change was asked for, agreed, done or declined."""
    test, change = queries.test_by_id(facts["test"]), db.session.get(Change, facts["change"])
    if test is None or change is None:
        return None
    about = {"what": str(CHANGES[change.kind]), "startup": test.startup.organisation.name}
    sentences = {
        "asked": _("A change of the test of %(startup)s was asked for: %(what)s.", **about),
        "agreed": _("A change of the test of %(startup)s is agreed: %(what)s.", **about),
        "done": _("A change of the test of %(startup)s is done: %(what)s.", **about),
        "declined": _("A change of the test of %(startup)s was declined: %(what)s.", **about),
    }
    quoted, language = (
        (change.answer, change.answer_language) if facts["what"] == "declined" else (change.why, change.language)
    )
    url = external_url("testing.show_change", test_id=test.id, change_id=change.id)
    return Told(sentences[facts["what"]], url, _short(quoted), language)


def about_move(facts: Mapping[str, Any]) -> Told | None:
    """A test has begun, finished or stopped."""
    test = queries.test_by_id(facts["test"])
    if test is None or facts["what"] not in ("running", "finished", "stopped"):
        return None
    about = {"startup": test.startup.organisation.name, "challenge": test.challenge.title}
    sentences = {
        "running": _("The test of %(startup)s for “%(challenge)s” has begun.", **about),
        "finished": _("The test of %(startup)s for “%(challenge)s” is finished.", **about),
        "stopped": _("The test of %(startup)s for “%(challenge)s” was stopped.", **about),
    }
    return Told(sentences[facts["what"]], _where(test, facts))


def _where(test: TestGrant, facts: Mapping[str, Any], milestone: Milestone | None = None) -> str:
    if facts["side"] == "manager":
        return external_url("manage_testing.show_test", test_id=test.id)
    if milestone is None:
        return external_url("testing.show_test", test_id=test.id)
    return external_url("testing.show_milestone", test_id=test.id, milestone_id=milestone.id)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= QUOTED else plain[:QUOTED].rsplit(" ", 1)[0] + " …"


NOTICES = [
    Notice(
        "challenge_testing.subsidy",
        _l("Notices that the Subsidy Control Act wants for test grants"),
        about_subsidy,
        owed=True,
    ),
    Notice("challenge_testing.milestone", _l("What becomes of milestones in a test"), about_milestone),
    Notice("challenge_testing.reminder", _l("Reminders of milestones that are due or wait for you"), about_lateness),
    Notice("challenge_testing.change", _l("Changes of a test"), about_change),
    Notice("challenge_testing.moved", _l("That a test has begun, is finished or was stopped"), about_move),
]
