"""Words for what becomes of cards and campaigns after the close."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.crowdfund.models import Campaign, Pledge
from civic.crowdfund.rules.promise import Sentence

# Banks tell us little, and of stolen and lost cards nothing is passed on. Source: docs.stripe.com/declines/codes
_TROUBLE: dict[str, Any] = {
    "authentication_required": _l("Your bank wants you to confirm the payment yourself."),
    "insufficient_funds": _l("Your bank says that there was not enough money in the account."),
    "expired_card": _l("The card has expired."),
    "unusable_card": _l("The card can no longer be used."),
    "": _l("The card can no longer be used."),
}
_REFUSED = _l("Your bank refused the payment and did not say why.")

CHOICES: dict[str, Any] = {
    "pay_out": _l("Pay out what has come together"),
    "extend": _l("Give backers more time"),
    "refund": _l("Give everybody their money back"),
}
DECISION_STATES: dict[str, Any] = {
    "proposed": _l("Proposed"),
    "decided": _l("Decided"),
    "declined": _l("Declined"),
}
TRANSFER_STATES: dict[str, Any] = {
    "requested": _l("Waits for a finance officer"),
    "released": _l("Released, on its way"),
    "sent": _l("Sent"),
    "failed": _l("Failed"),
    "declined": _l("Declined"),
}
PLEDGE_WAITS: dict[str, Any] = {
    "charging": _l("Being charged"),
    "past_due": _l("Card needs its owner"),
    "collected": _l("Collected"),
    "partly_refunded": _l("Partly given back"),
    "refunded": _l("Given back"),
    "disputed": _l("Disputed with the bank"),
    "dropped": _l("Ended without payment"),
}


def card_trouble(code: str) -> Any:
    """What happened to a card that could not be charged, in plain words."""
    return _TROUBLE.get(code, _REFUSED)


def other_card_consent(pledge: Pledge, campaign: Campaign, *, organisation: str, charged_by: str) -> Sentence:
    """What a backer agrees to who gives another card after the close: it is charged at once."""
    return Sentence(
        _l("%(site)s may charge this card once, now, with %(total)s for my pledge to “%(title)s” of %(organisation)s."),
        _l("The campaign has reached its target."),
        site=charged_by,
        total=pledge.total,
        title=campaign.title,
        organisation=organisation,
    )
