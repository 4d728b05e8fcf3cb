"""What matching tells people, put into words in their language from the facts that were kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.challenge.applying.models import Call, Startup
from civic.challenge.matching.models import Run
from civic.challenge.matching.queries.runs import challenge_names, outcome_of
from civic.challenge.models import Challenge, Programme
from civic.core.db import db
from civic.core.i18n import format_datetime
from civic.core.manifest import Notice, Told
from civic.core.web import external_url


def startup_told(facts: Mapping[str, Any]) -> Told | None:
    """A match is public: with which challenge one's startup is matched, or that it is with none."""
    run, startup = db.session.get(Run, facts["run"]), db.session.get(Startup, facts["startup"])
    if run is None or startup is None or run.status != "published":
        return None
    outcome = outcome_of(run)
    got = outcome.final.get(str(startup.id))
    programme = _programme(run.call_id)
    url = external_url("challenge_matching.show_startup_result", shortlist=programme.slug, startup_id=startup.id)
    if got is None:
        return Told(_("The match of “%(programme)s” is public. You are not matched.", programme=programme.title), url)
    return Told(_("You are matched with “%(challenge)s”.", challenge=outcome.challenges[got].name.text), url)


def partner_told(facts: Mapping[str, Any]) -> Told | None:
    """A match is public: with which startups one's challenge is matched."""
    run, challenge = db.session.get(Run, facts["run"]), db.session.get(Challenge, facts["challenge"])
    if run is None or challenge is None or run.status != "published":
        return None
    url = external_url(
        "challenge_matching.show_partner_result", shortlist=_programme(run.call_id).slug, slug=challenge.slug
    )
    return Told(_("It is public with whom “%(challenge)s” is matched.", challenge=challenge.title), url)


def asked_to_rank(facts: Mapping[str, Any]) -> Told | None:
    """A list is wanted until a closing minute; nothing once that has passed or moved."""
    call = db.session.get(Call, facts["call"])
    if call is None or call.status != "shortlisted" or call.ranks_close_at is None:
        return None
    programme = _programme(call.id)
    when = format_datetime(call.ranks_close_at)
    if startup_id := facts.get("startup"):
        url = external_url("challenge_matching.rank_challenges", shortlist=programme.slug, startup_id=startup_id)
        return Told(_("Rank the challenges for which you are on the shortlist until %(when)s.", when=when), url)
    named = challenge_names([str(facts["challenge"])])[str(facts["challenge"])]
    url = external_url("challenge_matching.rank_startups", shortlist=programme.slug, slug=named.slug)
    sentence = _(
        "Rank the startups on the shortlist of “%(challenge)s” until %(when)s.", challenge=named.name.text, when=when
    )
    return Told(sentence, url)


def _programme(call_id: int) -> Programme:
    call = db.session.get_one(Call, call_id)
    return db.session.get_one(Programme, call.programme_id)


NOTICES = [
    Notice(
        "challenge_matching.startup", _l("Whether your startup is matched with a challenge"), startup_told, owed=True
    ),
    Notice(
        "challenge_matching.partner", _l("With whom your organisation’s challenge is matched"), partner_told, owed=True
    ),
    Notice("challenge_matching.open", _l("That you can rank startups or challenges"), asked_to_rank),
    Notice("challenge_matching.closing", _l("That a list of yours is wanted soon"), asked_to_rank),
]
