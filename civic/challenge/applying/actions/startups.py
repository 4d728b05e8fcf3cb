"""Startups: an organisation tells once, for all its applications, what it can do."""

from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import Organisation
from civic.assessment.rules.editions import edition
from civic.challenge.applying import refusals
from civic.challenge.applying.models import Startup
from civic.challenge.applying.queries.startups import startup_of
from civic.challenge.applying.rules.profile import FIELDS
from civic.core.db import db, locked


def begin(organisation: Organisation, *, by: Any, now: datetime, **facts: Any) -> Startup:
    """The startup of an organisation: begun, or the one that is there already, which then stays as it is."""
    assert facts.keys() <= set(FIELDS), facts.keys()
    values: dict[str, Any] = {
        "organisation_id": organisation.id, "language": organisation.language, "created_by_id": by.id, "created_at": now,
        "summary": "", "team": "", "stage": "", "capabilities": [], "website": "", "accessibility": "",
        "data_protection": "", "note": "", "version": 1,
    }  # fmt: skip
    db.session.execute(insert(Startup).values(**(values | facts)).on_conflict_do_nothing())
    made = startup_of(organisation.id)
    assert made is not None
    return made


def edition_of(startup: Startup) -> str:
    """The mark of what it says now."""
    return edition(*(getattr(startup, name) for name in FIELDS))


def tell(startup: Startup, facts: dict[str, Any], *, seen: str, by: Any, now: datetime) -> None:
    """Change what a startup says of itself; raises ChangedMeanwhile where somebody else did since it was `seen`."""
    assert facts.keys() <= set(FIELDS), facts.keys()
    held: Startup = locked(Startup, startup.id)
    if edition_of(held) != seen:
        raise refusals.ChangedMeanwhile()
    for name, value in facts.items():
        setattr(held, name, value)
    held.edited_at = now
    db.session.flush()


def profile_of(startup: Startup) -> dict[str, Any]:
    """What it says now, with what stands of its organisation: kept with an application when it is sent."""
    body = db.session.get_one(Organisation, startup.organisation_id)
    about = {"name": body.name, "name_language": body.language, "kind": body.kind, "number": body.registration_number}
    return about | {name: getattr(startup, name) for name in FIELDS}
