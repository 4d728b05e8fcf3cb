"""How the public pages name what campaigns are and where they stand."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.accounts.wording import Words

SHOW_NAMES: Words = {
    "open": _l("Open now"),
    "nearly": _l("Nearly there"),
    "soon": _l("Ending soon"),
    "settling": _l("Closed, cards being charged"),
    "funded": _l("Funded"),
    "unsuccessful": _l("Not funded"),
    "withdrawn": _l("Withdrawn"),
    "all": _l("All campaigns"),
}
SORT_NAMES: Words = {
    "ending": _l("Closing first"),
    "newest": _l("Newest first"),
    "reached": _l("Closest to the target first"),
}
# Words and colour of the tag; an open campaign needs none.
STAGE_TAGS: dict[str, tuple[Any, str]] = {
    "draft": (_l("Draft"), "grey"),
    "checking": (_l("Being checked"), "grey"),
    "counting": (_l("Being counted"), "yellow"),
    "collecting": (_l("Target reached, cards being charged"), "yellow"),
    "shortfall": (_l("Being decided"), "yellow"),
    "returning": (_l("Money being given back"), "yellow"),
    "funded": (_l("Funded"), "green"),
    "delivered": (_l("Delivered"), "green"),
    "failed": (_l("Not funded"), "grey"),
    "withdrawn": (_l("Withdrawn"), "grey"),
}
# Movements of money, as a resident reads them.
POSTING_NAMES: Words = {
    "charge": _l("A backer’s card was charged"),
    "refund": _l("Given back to a backer"),
    "refund_failed": _l("A refund came back: it will be tried again"),
    "dispute_lost": _l("A bank took a payment back"),
    "fee_recharge": _l("What charging the cards cost"),
    "platform_fee": _l("Our fee"),
    "transfer": _l("Paid to the organisation"),
    "transfer_reversal": _l("Called back from the organisation"),
    "receivable": _l("To be given back by the organisation"),
}
OTHER_POSTING = _l("Another movement")
