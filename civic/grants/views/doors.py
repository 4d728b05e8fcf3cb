"""The doors of a recipient's pages: a visitor is asked to sign in, and nobody else learns that there is a desk."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import set_committed_value

from civic.accounts.access import is_signed_in
from civic.core.doors import allowed
from civic.core.errors import Forbidden, NotFound
from civic.grants.access import acts_for_recipient, may_sign_for_recipient
from civic.grants.models import Award
from civic.grants.queries.awards import part_of, public_award


class OnlyAnOwner(Forbidden):
    """Members write, owners bind."""

    sentence = _l("Only an owner of the organisation may do this. Ask one of them.")


def for_recipients(view: Callable) -> Callable:
    """A page of an award for those who act for its recipient; the view receives the award."""
    return allowed(is_signed_in)(allowed(acts_for_recipient, on=public_award, hide=True)(view))


def must_bind(award: Award) -> None:
    """Of those who act for the recipient, only who may sign for it; raises OnlyAnOwner for the others."""
    if not may_sign_for_recipient(award):
        raise OnlyAnOwner()


def found(award: Award, kind: Any, number: int) -> Any:
    """One instalment, report or repayment of this award, with the award; raises NotFound."""
    part = part_of(award, kind, number)
    if part is None:
        raise NotFound()
    set_committed_value(part, "award", award)
    return part
