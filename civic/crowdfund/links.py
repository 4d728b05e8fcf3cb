"""The way back to a pledge: a member signs in, a guest has a signed link in every mail."""

from civic.core import tokens
from civic.core.i18n import speaking
from civic.core.web import external_url
from civic.crowdfund.models import Pledge

PURPOSE = "crowdfund.pledge"
DAYS = 550
"""How long a mailed link works: from the promise to the last report of most projects; every further mail brings a new one."""


def pledge_link(pledge: Pledge) -> str:
    """An absolute address that opens this pledge for its backer, in the backer's language."""
    with speaking(pledge.language):
        if pledge.user_id is not None:
            return external_url("crowdfund.show_pledge", public_id=pledge.public_id)
        return external_url("crowdfund.open_pledge", token=tokens.sign(PURPOSE, pledge.public_id))


def public_id_in(token: str) -> str:
    """The pledge that a mailed link opens; raises BadToken for an old, altered or foreign one."""
    public_id: str = tokens.read(PURPOSE, token, max_age=DAYS * 86400)
    return public_id
