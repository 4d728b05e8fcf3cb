"""Building a survey: creating it, its settings, and every change to the questionnaire that is being worked on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core import audit
from civic.core.db import db, locked
from civic.core.errors import CivicError, Conflict
from civic.surveys.models.survey import Survey, SurveyVersion
from civic.surveys.queries import surveys as queries
from civic.surveys.rules import editing
from civic.surveys.rules.faults import Fault, faults
from civic.surveys.rules.questionnaire import Question, Questionnaire, Section

# What a draft may lack for now; everything else about its logic must hold after every change.
UNFINISHED = {
    "nothing_asked", "no_words", "empty_section", "too_few_options", "too_few_rows", "option_without_words",
}  # fmt: skip
DRAFT_SETTINGS = ("slug", "anonymity", "one_answer_each", "who_may_answer")


class ChangedMeanwhile(Conflict):
    """Somebody else changed the same part after the page was opened."""

    sentence = _l(
        "Somebody else changed this while you were typing. What you typed is still here. "
        "Look at how it stands now, then save again if yours should replace it."
    )


class LogicWouldBreak(CivicError):
    """The change would leave a condition that can no longer be worked out."""

    status = 409

    def __init__(self, questionnaire: Questionnaire, fault: Fault):
        from civic.surveys.explaining import fault_sentence

        super().__init__(fault_sentence(questionnaire, fault))
        self.fault = fault


class NoLongerSettable(Conflict):
    """A setting that was promised to participants cannot change after the launch."""

    sentence = _l("This was promised to the people who take part and cannot change after the launch.")


class Archived(Conflict):
    """An archived survey stays as it was."""

    sentence = _l("This survey is archived and can no longer change.")


class Gone(CivicError):
    """The part that should be changed is no longer there."""

    sentence, status = _l("This part of the survey has been removed by somebody else."), 409


@dataclass(frozen=True)
class Beginning:
    """What a new survey starts with."""

    title: dict[str, str]
    slug: str
    questionnaire: Questionnaire
    summary: dict[str, str] | None = None
    purpose: dict[str, str] | None = None


def create_survey(beginning: Beginning, *, by: Any, now: datetime, **settings: Any) -> Survey:
    """A new survey as a draft, with its first version; `by` answers for it."""
    survey = Survey(
        title=beginning.title,
        slug=beginning.slug,
        summary=beginning.summary or {},
        purpose=beginning.purpose or {},
        languages=list(beginning.questionnaire.languages),
        status="draft",
        owner_id=getattr(by, "id", None),
        created_at=now,
        **settings,
    )
    db.session.add(survey)
    db.session.flush()
    _new_version(survey, 1, beginning.questionnaire, now)
    audit.record("survey.created", on=survey, by=by, now=now, after={"slug": survey.slug})
    return survey


def empty_questionnaire(languages: tuple[str, ...], section_title: str) -> Questionnaire:
    """What a new survey asks at first: nothing yet, in one section."""
    title = {languages[0]: section_title}
    return Questionnaire(languages, (Section(editing.new_key(section_title, (), "section_1"), title),))


def change_settings(survey: Survey, changes: dict[str, Any], *, edition: int, by: Any, now: datetime) -> None:
    """Change what stands around the questionnaire; refuses to overwrite a change made since `edition` was read, and to
    break after the launch what was promised before it."""
    survey = locked(Survey, survey.id)
    if survey.status == "archived":
        raise Archived()
    if survey.version_id != edition:
        raise ChangedMeanwhile()
    before = {name: getattr(survey, name) for name in changes if getattr(survey, name) != changes[name]}
    for name in before:
        if name in DRAFT_SETTINGS and survey.status != "draft":
            raise NoLongerSettable(field=name)
    for name in before:
        setattr(survey, name, changes[name])
    if "languages" in before:
        _speak(survey, now)
    db.session.flush()
    if before:
        after = {name: changes[name] for name in before}
        audit.record("survey.settings_changed", on=survey, by=by, now=now, before=_plain(before), after=_plain(after))


def working_version(survey: Survey) -> SurveyVersion:
    """The version being worked on; where none is, the one that is live."""
    version = queries.draft_version(survey) or queries.live_version(survey)
    assert version is not None, "a survey has a version from the day it is created"
    return version


def change_questionnaire(
    survey: Survey,
    change: Callable[[Questionnaire], Questionnaire],
    *,
    now: datetime,
    key: str | None = None,
    edition: str | None = None,
) -> SurveyVersion:
    """Apply one change to the questionnaire that is being worked on. A version that has gone live is never touched:
    the change goes to a new one. With `key` and `edition` it is refused when that part was changed meanwhile."""
    survey = locked(Survey, survey.id)
    if survey.status == "archived":
        raise Archived()
    version = working_version(survey)
    before = version.questionnaire
    if key is not None:
        thing = editing.thing_with_key(before, key)
        if thing is None:
            raise Gone()
        if edition is not None and editing.edition(thing) != edition:
            raise ChangedMeanwhile()
    after = change(before)
    _refuse_new_faults(before, after)
    if after == before:
        return version
    if version.is_pinned:
        return _new_version(survey, version.number + 1, after, now)
    version.definition = after.to_json()
    db.session.flush()
    return version


def add_section(survey: Survey, section: Section, *, now: datetime) -> SurveyVersion:
    """Put a section at the end; its key is made from its title."""

    def change(questionnaire: Questionnaire) -> Questionnaire:
        title = section.title.get(questionnaire.language, "")
        key = section.key or editing.new_key(title, editing.keys_taken(questionnaire), "section")
        return editing.add_section(questionnaire, replace(section, key=key))

    return change_questionnaire(survey, change, now=now)


def add_question(survey: Survey, section_key: str, question: Question, *, now: datetime) -> str:
    """Put a question at the end of a section and return its key, made from its words where it has none."""
    key = ""

    def change(questionnaire: Questionnaire) -> Questionnaire:
        nonlocal key
        if questionnaire.section(section_key) is None:
            raise Gone()
        taken = editing.keys_taken(questionnaire)
        wanted = question.key if question.key not in taken else ""
        key = wanted or editing.new_key(question.text.get(questionnaire.language, ""), taken, "question")
        return editing.add_question(questionnaire, section_key, replace(question, key=key))

    change_questionnaire(survey, change, now=now)
    return key


def copy_question(survey: Survey, key: str, *, now: datetime) -> str:
    """The same question once more, right after itself; returns its key."""
    copied = ""

    def change(questionnaire: Questionnaire) -> Questionnaire:
        nonlocal copied
        copied = editing.new_key(key.replace("_", " "), editing.keys_taken(questionnaire), "question")
        return editing.copy_question(questionnaire, key, copied)

    change_questionnaire(survey, change, key=key, now=now)
    return copied


def put(survey: Survey, thing: editing.Thing, *, edition: str | None, now: datetime) -> None:
    """Save a section's own words or a question, refusing to overwrite a change made since `edition` was read."""
    change_questionnaire(survey, lambda q: editing.put(q, thing), key=thing.key, edition=edition, now=now)


def move(survey: Survey, key: str, steps: int, *, now: datetime) -> None:
    """Move a section or a question one place up (-1) or down (+1)."""
    change_questionnaire(survey, lambda q: editing.move(q, key, steps), key=key, now=now)


def remove(survey: Survey, key: str, *, now: datetime) -> None:
    """Take a section with its questions, or one question, out of the version being worked on."""
    change_questionnaire(survey, lambda q: editing.remove(q, key), key=key, now=now)


def translate(
    survey: Survey, language: str, said: dict[str, str], own: dict[str, dict[str, str]], *, now: datetime
) -> None:
    """Keep the words of one language: `said` by address in the questionnaire, `own` for the survey's title and texts."""
    change_questionnaire(survey, lambda q: editing.with_texts(q, language, said), now=now)
    survey = locked(Survey, survey.id)
    for name, text in own.items():
        setattr(survey, name, text)
    db.session.flush()


def discard_draft(survey: Survey, *, by: Any, now: datetime) -> None:
    """Throw away the version being worked on and stay with the one that is live."""
    survey = locked(Survey, survey.id)
    draft = queries.draft_version(survey)
    if draft is None or survey.status == "draft":
        raise Gone()
    db.session.delete(draft)
    audit.record("survey.draft_discarded", on=survey, by=by, now=now, before={"version": draft.number})


def _new_version(survey: Survey, number: int, questionnaire: Questionnaire, now: datetime) -> SurveyVersion:
    version = SurveyVersion(
        survey_id=survey.id, number=number, definition=questionnaire.to_json(), created_at=now, pinned_at=None
    )
    db.session.add(version)
    db.session.flush()
    return version


def _speak(survey: Survey, now: datetime) -> None:
    """Let the questionnaire speak the survey's languages; words in a language taken away stay until overwritten."""
    languages = tuple(survey.languages)
    change_questionnaire(survey, lambda q: replace(q, languages=languages), now=now)


def _refuse_new_faults(before: Questionnaire, after: Questionnaire) -> None:
    known = {(fault.code, fault.at) for fault in faults(before)}
    for fault in faults(after):
        if fault.code not in UNFINISHED and (fault.code, fault.at) not in known:
            raise LogicWouldBreak(after, fault)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
