"""The desk as tests walk it: its addresses, and who stands where."""

from typing import Any

from civic.accounts.models import OrganisationMember
from civic.core.db import db
from civic.crowdfund.matching.models import MatchScheme
from tests.conftest import NOW
from tests.support.page import Page

DESK = "/en/staff/match"


def of(scheme: MatchScheme, rest: str = "") -> str:
    """The address of a scheme's page at the desk, or of what stands below it."""
    return f"{DESK}/{scheme.slug}{rest}"


def typed_on(page: Page, button: str) -> dict[str, list[str]]:
    """What stands in the fields of the form with this button."""
    return next(each for each in page.forms if button in each.buttons).values()


def buttons(page: Page) -> set[str]:
    """Every button of a page."""
    return {name for form in page.forms for name in form.buttons}


def join(campaign: Any, member: Any) -> None:
    """Somebody stands behind a campaign."""
    mine = {"organisation_id": campaign.organisation_id, "user_id": member.id, "joined_at": NOW, "role": "editor"}
    db.session.add(OrganisationMember(**mine))
    db.session.commit()
