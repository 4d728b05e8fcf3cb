"""What the front page and the staff console ask of the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select, text, true
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased

from civic.accounts.models import User
from civic.core.audit import AuditEntry
from civic.core.db import db
from civic.core.mail import OutgoingMessage
from civic.surveys import findings
from civic.surveys.models.response import AnswerCount
from civic.surveys.models.survey import Survey, SurveyVersion
from civic.surveys.queries.results import Asked, folded, printed
from civic.surveys.rules.counting import ALL
from civic.surveys.rules.questionnaire import Question
from civic.surveys.rules.results import Finding, Results

LATEST = 3
"""How many published results the front page tells of."""
BARS = 4
"""How many answers of each it draws."""


@dataclass(frozen=True)
class Heard:
    """What one survey found, as the front page tells it."""

    survey: Survey
    results: Results
    main: tuple[Question, Finding] | None

    @property
    def share(self) -> float | None:
        """The share of the answer given most, where one question leads."""
        top = self.main[1].most if self.main else None
        return top.share if top else None

    @property
    def answer(self) -> str:
        """That answer, in the reader's language where it has one."""
        top = self.main[1].most if self.main else None
        return findings.label(self.main[0], top.key) if self.main and top else ""

    @property
    def bars(self) -> list[tuple[str, float]]:
        """The answers given most, as far as they are printed: (words, share)."""
        if self.main is None:
            return []
        question, finding = self.main
        shown = sorted((bar for bar in finding.bars if bar.share is not None), key=lambda bar: -(bar.share or 0))
        return [(findings.label(question, bar.key), bar.share or 0) for bar in shown[:BARS]]


Told = tuple[str, int, int, datetime | None, int]
"""By what a published result is known: another revision, or another number of responses, is another result."""


def told_by(survey: Survey, responses: int) -> Told:
    """By what this result is known now."""
    return survey.slug, survey.id, survey.version_id, survey.results_published_at, int(responses)


def _published_lately() -> Select[Any]:
    """Built once: how much was ever sent and published, and beside it the surveys that published last, if any did."""
    sent = select(func.coalesce(func.sum(AnswerCount.n), 0)).where(
        AnswerCount.survey_id == Survey.id, AnswerCount.question == ALL
    )
    responses = sent.correlate(Survey).scalar_subquery()
    has_results = Survey.results_published_at.is_not(None)
    over = or_(Survey.status == "closed", (Survey.status == "open") & (Survey.closes_at <= bindparam("now")))
    sums = (
        select(func.coalesce(func.sum(responses), 0).label("sent"), func.count().filter(has_results).label("published"))
        .where(Survey.status != "draft")
        .subquery()
    )
    newest = (Survey.results_published_at.desc(), Survey.id.desc())
    latest = (
        select(Survey, responses.label("responses")).where(over, has_results).order_by(*newest).limit(LATEST).subquery()
    )
    survey = aliased(Survey, latest)
    return (
        select(sums.c.sent, sums.c.published, survey, latest.c.responses)
        .select_from(sums)
        .outerjoin(latest, true())
        .order_by(latest.c.results_published_at.desc(), latest.c.id.desc())
    )


_PUBLISHED_LATELY = _published_lately()


@dataclass(frozen=True)
class SoFar:
    """How many responses were ever sent, how many surveys published their results, and the latest of these with their responses."""

    sent: int
    published: int
    latest: tuple[tuple[Survey, int], ...]

    @property
    def told(self) -> tuple[Told, ...]:
        """By what all of it is known: the same now, the same to tell."""
        return tuple(told_by(survey, responses) for survey, responses in self.latest)


def so_far(now: datetime) -> SoFar:
    """What has come of it all, in one statement."""
    rows = db.session.execute(_PUBLISHED_LATELY, {"now": now}).all()
    latest = tuple((survey, int(responses)) for _sent, _published, survey, responses in rows if survey is not None)
    return SoFar(int(rows[0].sent), rows[0].published, latest)


def heard(latest: Iterable[tuple[Survey, int]]) -> list[Heard]:
    """What those surveys found. A published result stands still, so it is worked out once for each number of responses."""
    told = [(told_by(row[0], row[1]), row[0]) for row in latest]
    missing = [survey for key, survey in told if key not in _known]
    if missing:
        _read(missing, {survey.id: key for key, survey in told})
    return [_known[key] for key, _survey in told]


_known: dict[Told, Heard] = {}
MOST_KNOWN = 64


def _read(surveys: list[Survey], keys: dict[int, Told]) -> None:
    counted = select(
        func.jsonb_agg(
            func.jsonb_build_array(AnswerCount.question, AnswerCount.option, AnswerCount.level, AnswerCount.n)
        )
    ).where(AnswerCount.survey_id == SurveyVersion.survey_id)
    newest = (
        select(SurveyVersion, counted.correlate(SurveyVersion).scalar_subquery())
        .where(SurveyVersion.survey_id.in_([each.id for each in surveys]), SurveyVersion.pinned_at.is_not(None))
        .ext(distinct_on(SurveyVersion.survey_id))
        .order_by(SurveyVersion.survey_id, SurveyVersion.number.desc())
    )
    found = {version.survey_id: (version, rows or []) for version, rows in db.session.execute(newest)}
    if len(_known) + len(surveys) > MOST_KNOWN:
        _known.clear()
    for survey in surveys:
        version, rows = found.get(survey.id, (None, []))
        asked = Asked(survey, version)
        results = printed(asked, folded(rows))
        visible = {
            question.key: results.findings[question.key]
            for section in asked.questionnaire.sections if survey.shows_results_of(section.key)
            for question in section.questions if question.is_asked
        }  # fmt: skip
        _known[keys[survey.id]] = Heard(survey, results, findings.main_finding(asked.questionnaire, visible))


def by_borough(told: Iterable[Heard]) -> dict[str, int | None]:
    """Responses by borough, added up from what the surveys' own pages print and from nothing else.

    So this map can never give away a number that a result holds back; a borough of which every number is held back has none.
    """
    sums: dict[str, int | None] = {}
    for each in told:
        for code, n in (each.results.boroughs or {}).items():
            known = sums.get(code)
            sums[code] = known if n is None else (known or 0) + n
    return sums


# --- for staff --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Machine:
    """How the machinery is doing."""

    mail_waiting: int
    mail_oldest: datetime | None
    database_bytes: int
    connections: int
    jobs_failed: list[tuple[str, int]]


def machine() -> Machine:
    """Mail that waits, the size of the database, connections, and the jobs that were given up."""
    waiting = select(func.count(), func.min(OutgoingMessage.created_at)).where(
        OutgoingMessage.sent_at.is_(None), OutgoingMessage.kept.is_(False)
    )
    count, oldest = db.session.execute(waiting).one()
    size, connections = db.session.execute(
        text(
            "SELECT pg_database_size(current_database()), (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database())"
        )
    ).one()
    failed = db.session.execute(
        text(
            "SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'failed' GROUP BY task_name ORDER BY 2 DESC LIMIT 20"
        )
    )
    return Machine(count, oldest, size, connections, [(name, n) for name, n in failed])


def audit_entries(*, verb: str = "", thing: str = "", thing_id: str = "", actor: int | None = None) -> Select[Any]:
    """Entries of the audit log, narrowed by a part of the verb, the kind of thing, its number, and who did it."""
    columns = (
        AuditEntry.id, AuditEntry.at, AuditEntry.actor_id, AuditEntry.verb, AuditEntry.thing, AuditEntry.thing_id, AuditEntry.why,
        AuditEntry.before, AuditEntry.after, User.display_name,
    )  # fmt: skip
    found = select(*columns).outerjoin(User, User.id == AuditEntry.actor_id)
    if verb:
        found = found.where(AuditEntry.verb.icontains(verb, autoescape=True))
    if thing:
        found = found.where(AuditEntry.thing == thing)
    if thing_id:
        found = found.where(AuditEntry.thing_id == thing_id)
    return found if actor is None else found.where(AuditEntry.actor_id == actor)


def audit_size() -> int:
    """How many entries the audit log has."""
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0
