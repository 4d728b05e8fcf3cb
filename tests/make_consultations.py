"""Builders of consultations: one that is open and holds an open survey, and contributions to it."""

from datetime import date, datetime, timedelta
from typing import Any

from civic.consultations.actions import counting, linking, writing
from civic.consultations.actions import outcome as outcomes
from civic.consultations.models import Consultation, Decision, Document, Held, Theme
from civic.core.db import db
from civic.core.files import keep_bytes
from civic.core.subjects import named
from tests.make_surveys import asked, text

IN_WORDS: dict[str, Any] = {
    "languages": ["en"],
    "sections": [
        {
            "key": "words",
            "title": text("In your words"),
            "questions": [
                asked("agree", "yes_no", "Should there be more trees?"),
                asked("idea", "long_text", "What should London do first?"),
            ],
        }
    ],
}
"""A short questionnaire with something to read in it."""


class MakeConsultations:
    """Consultations with honest defaults: complete, about all of London, twelve weeks to the answer."""

    now: datetime

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    def consultation(self, stage: str = "open", *, holds: Any = None, **facts: Any) -> Consultation:
        """A consultation in a stage, put there without asking the actions; `holds` are surveys, or names of activities."""
        number, status = self.number(), stage
        opens = {"coming_up": 5, "open": -10, "considering": -60, "answered": -200, "withdrawn": -10, "draft": 7}[stage]
        opens_at = self.now + timedelta(days=opens)
        public = stage != "draft"
        defaults: dict[str, Any] = {
            "slug": f"consultation-{number}",
            "status": status,
            "question": f"What should London do against the heat {number}?",
            "summary": "Where trees, water and shade come first.",
            "background": "Summers grow hotter. The plan for the next four years is being written.",
            "can_change": "Which streets come first, and what is planted there.",
            "cannot_change": "The money is fixed.",
            "decision_maker": "Shirley Rodrigues",
            "decision_role": "Deputy Mayor",
            "contact": "Environment team",
            "equality_note": "Older people suffer most from heat.",
            "opens_at": opens_at,
            "closes_at": opens_at + timedelta(days=50),
            "created_at": self.now - timedelta(days=230),
            "touched_at": self.now - timedelta(days=1),
            "announced_at": self.now - timedelta(days=220) if public else None,
            "answered_at": self.now - timedelta(days=100) if stage == "answered" else None,
            "withdrawn_why": "The money for it was cut." if stage == "withdrawn" else "",
        }
        row = Consultation(**(defaults | facts))
        db.session.add(row)
        db.session.flush()
        for each in holds or ():
            name = each if isinstance(each, str) else named("survey", each.id)
            db.session.add(Held(consultation_id=row.id, name=name, added_at=self.now))
        db.session.flush()
        return row

    def words_survey(self, **facts: Any) -> Any:
        """A survey with names in which people write."""
        return self.survey(IN_WORDS, **({"anonymity": "identified"} | facts))  # type: ignore[attr-defined]

    def says(self, survey: Any, *texts: str, person: Any = None, language: str = "en") -> list[str]:
        """Responses that say this, each of `person`'s where one is given; gives their names."""
        from civic.surveys.actions import bulk
        from civic.surveys.contributing import responses_within
        from civic.surveys.queries.surveys import live_version

        version = live_version(survey)
        before = {each.number for each in responses_within(named("survey", survey.id), None, 10_000)}
        who = {} if person is None else {"person_id": person.id, "level": "email_confirmed"}
        replies = [
            bulk.Reply({"agree": "yes", "idea": words}, self.now.date(), language=language, **who) for words in texts
        ]
        bulk.bulk_respond(survey, version, replies)
        found = responses_within(named("survey", survey.id), None, 10_000)
        return [named("response", each.number) for each in found if each.number not in before]

    def theme(self, consultation: Consultation, title: str = "Shade", *, by: Any) -> Theme:
        """A theme of its outcome."""
        heard = "People want shade where they wait."
        return outcomes.write_theme(consultation, None, title=title, heard=heard, by=by, now=self.now)

    def decided(self, consultation: Consultation, *themes: Theme, by: Any, number: str = "MD2300") -> Decision:
        """A decision that answers these themes."""
        return outcomes.write_decision(
            consultation, None, decided="Trees at bus stops come first.", because="That is where people wait in the sun.",
            number=number, decided_on=date(2026, 11, 2), url=None, themes=[theme.id for theme in themes], by=by, now=self.now,
        )  # fmt: skip

    def outcome(self, consultation: Consultation, *, by: Any) -> Theme:
        """A whole outcome with one theme and one decision, not handed over yet."""
        outcomes.write_summary(consultation, "You asked for shade. It comes.", by=by, now=self.now)
        theme = self.theme(consultation, by=by)
        self.decided(consultation, theme, by=by)
        return theme

    def counted(self, consultation: Consultation) -> Consultation:
        """The same with its counters as the clock's job leaves them."""
        counting.recount(consultation)
        return consultation

    def begun(self, *, by: Any, **facts: Any) -> Consultation:
        """A draft as its writer begins it."""
        return writing.create("What should London do against the heat?", language="en", by=by, now=self.now, **facts)

    def linked(
        self, consultation: Consultation, names: list[str], theme: Theme, *, by: Any, fate: str = "taken_up"
    ) -> None:
        """Contributions in a theme, with their fate."""
        linking.assign(consultation, names, theme_id=theme.id, fate=fate, by=by, now=self.now)

    def outcome_signed(self, slug: str, *, by: Any, signer: Any, **facts: Any) -> Consultation:
        """A consultation whose outcome was written, handed over and signed by another."""
        made = self.counted(self.consultation("considering", slug=slug, **facts))
        self.outcome(made, by=by)
        outcomes.submit(made, by=by, now=self.now)
        outcomes.sign(made, by=signer, now=self.now, edition=made.version_id)
        return made

    def document(self, consultation: Consultation, *, by: Any) -> Document:
        """A file of ours to read."""
        file = keep_bytes(
            b"%PDF-1.4 words", name="plan.pdf", media_type="application/pdf", is_public=False, now=self.now
        )
        return writing.add_document(
            consultation, kind="options", title="Options", language="en", published_on=date(2026, 5, 1), file=file, by=by,
            now=self.now,
        )  # fmt: skip
