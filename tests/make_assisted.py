"""Builders of answers on paper and by phone, and of wishes to pledge."""

from datetime import datetime
from typing import Any

from civic.core.money import GBP
from civic.crowdfund.intents import actions as intents
from civic.crowdfund.intents.models import PledgeIntent
from civic.surveys.assisted import queries
from civic.surveys.assisted.actions import batches, typing
from civic.surveys.assisted.models import AssistedForm, PaperBatch
from civic.surveys.assisted.queries import OnPaper
from civic.surveys.models.survey import Survey


class MakeAssisted:
    """Batches of ten forms, made by the actions that staff use."""

    now: datetime

    def staff(self, *roles: str, **about: Any) -> Any:
        """The whole Make's."""
        raise NotImplementedError

    def paper_batch(self, survey: Survey, *, forms: int = 10, by: Any = None, language: str = "en") -> PaperBatch:
        """A batch of a survey's live version."""
        on = queries.on_paper(survey.slug)
        assert on is not None
        reason = "Clapton Library, lunch club"
        return batches.begin(on, forms=forms, language=language, reason=reason, by=by or self.staff(), now=self.now)

    def typed(
        self, batch: PaperBatch, number: int, answers: dict[str, Any], *, by: Any = None, person: Any = None
    ) -> tuple[OnPaper, AssistedForm]:
        """A form of a batch after one person has typed it."""
        on = queries.numbered_form(batch.id, number)
        assert on is not None
        form = typing.form_of(on, now=self.now)
        typing.type_in(on, form, answers, person=person, by=by or self.staff("assistant"), now=self.now)
        on = queries.form_on_desk(form.id)
        assert on is not None
        return on, form

    def telephoned(self, survey: Survey, answers: dict[str, Any], *, by: Any) -> tuple[OnPaper, AssistedForm]:
        """Answers that were given on the phone, not read back yet."""
        on = queries.on_paper(survey.slug)
        assert on is not None
        form = typing.call(on, language="en", reason="Has no internet", now=self.now)
        typing.type_in(on, form, answers, person=None, by=by, now=self.now)
        found = queries.form_on_desk(form.id)
        assert found is not None
        return found, form

    def pledge_intent(self, campaign: Any, *, by: Any = None, **wished: Any) -> tuple[PledgeIntent, str]:
        """A wish to pledge £20, from somebody with an address and no e-mail, and its code."""
        told = {
            "amount": GBP(20),
            "language": "en",
            "name": "Ada",
            "address": "1 Marylebone Road, London NW1 5LS",
        } | wished
        return intents.take(campaign, intents.Wished(**told), by=by or self.staff("assistant"), now=self.now)
