"""Who is backing, at this browser: the member, or a guest whose browser remembers; and what they have typed so far."""

from typing import Any
from unicodedata import category

from flask import has_request_context, request, session, url_for
from flask_babel import lazy_gettext as _l

from civic.accounts.events import EmailConfirmed, SignedIn
from civic.core.errors import Forbidden
from civic.core.i18n import current
from civic.core.money import Money
from civic.core.person import maybe_me
from civic.core.sealing import BrokenSeal, seal, unseal
from civic.core.security import address
from civic.core.tokens import hashed
from civic.crowdfund.actions.pledges import Backer, Wish, attach
from civic.crowdfund.models import Pledge
from civic.crowdfund.queries.pledges import pledge_by_public_id
from civic.crowdfund.rules.gift_aid import Donor

HELD, WISH, RAISE = "pledges", "pledge_wish", "pledge_change"
MOST = 10
"""A cookie is small: the oldest pledges of a guest are let go; the mailed link still opens them."""


class NotYours(Forbidden):
    """A pledge is for its backer alone; whoever is nobody yet is shown how to come to theirs."""

    sentence = _l("Open your pledge with the link in our message to you, or sign in.")


def my_pledge(public_id: str) -> Pledge | None:
    """The pledge, for its backer alone: the member whose it is, or the guest's browser that remembers it.

    A visitor gets the same answer for a pledge that there is and one that there is not.
    """
    pledge, person = pledge_by_public_id(public_id), maybe_me()
    if pledge is not None:
        if pledge.user_id is None and pledge.public_id in held():
            return pledge
        if person is not None and pledge.user_id == person.id:
            return pledge
    if person is None:
        here = request.path if request.method == "GET" else None
        raise NotYours(location=url_for("crowdfund.find_pledges", next=here))
    return None


def backer(email: str, *, guest_of: Pledge | None = None) -> Backer:
    """Who promises here and now; a guest by the address that they typed."""
    person = None if guest_of is not None and guest_of.user_id is None else maybe_me()
    agent = "".join(each for each in request.headers.get("User-Agent", "") if category(each)[0] != "C")
    return Backer(
        user=person,
        email=person.email if person else email,
        language=current().code,
        ip=address(),
        user_agent=agent,
    )


def held() -> list[str]:
    """The public ids of the guest's pledges that this browser remembers."""
    kept = session.get(HELD)
    return [each for each in kept if isinstance(each, str)] if isinstance(kept, list) else []


def hold(public_id: str) -> None:
    """Remember a guest's pledge in this browser."""
    others = [each for each in held() if each != public_id]
    session[HELD] = [*others[-MOST + 1 :], public_id]
    session.permanent = True  # closing the browser must not lose the way back


def attach_to_account(event: SignedIn | EmailConfirmed) -> None:
    """The owner of an address is here: what a guest pledged with it is theirs from now on."""
    attach(event.user_id)


# What was typed and not yet promised: kept in the signed cookie; name and address for Gift Aid sealed besides.


def keep_wish(slug: str, wish: Wish, email: str) -> None:
    """Remember what somebody would like to promise, until they do."""
    before = _typed(slug) or {}
    session[WISH] = {
        "slug": slug,
        "of": getattr(maybe_me(), "id", None),
        "amount": wish.amount.minor,
        "tip": wish.tip.minor,
        "name": None if wish.is_anonymous else wish.shown_name,
        "message": wish.message,
        "email": email,
        "donor": before.get("donor"),
    }


def keep_donor(slug: str, donor: Donor | None) -> None:
    """Remember who declares Gift Aid, or that it was declined."""
    told = [donor.title, donor.first_name, donor.last_name, donor.address, donor.postcode] if donor else []
    session[WISH] = {**(_typed(slug) or {}), "donor": seal("\n".join(told)) if donor else ""}


def wish_for(slug: str) -> tuple[Wish, str] | None:
    """What somebody would like to promise to a campaign, and their address; None where nothing was typed."""
    typed = _typed(slug)
    if typed is None:
        return None
    wish = Wish(
        amount=Money(typed["amount"]),
        tip=Money(typed["tip"]),
        is_anonymous=typed["name"] is None,
        shown_name=typed["name"] or "",
        message=typed["message"],
    )
    return wish, typed["email"]


def has_answered_gift_aid(slug: str) -> bool:
    """Whether the question about Gift Aid has been answered, either way."""
    return (_typed(slug) or {}).get("donor") is not None


def donor_for(slug: str) -> Donor | None:
    """Who declares Gift Aid on this wish; None where nobody does."""
    sealed = (_typed(slug) or {}).get("donor")
    try:
        return Donor(*unseal(sealed).split("\n")) if sealed else None
    except (BrokenSeal, TypeError):
        return None


def drop_wish() -> None:
    """Forget what was typed."""
    session.pop(WISH, None)


def keep_change(pledge: Pledge, amount: Money, tip: Money) -> None:
    """Remember the other amount that a backer looks at."""
    session[RAISE] = [pledge.public_id, amount.minor, tip.minor]


def change_of(pledge: Pledge) -> tuple[Money, Money] | None:
    """The other amount and tip that a backer looks at; None where there is none."""
    kept = session.get(RAISE)
    if not isinstance(kept, list) or kept[0] != pledge.public_id:
        return None
    return Money(kept[1]), Money(kept[2])


def drop_change() -> None:
    """Forget the other amount."""
    session.pop(RAISE, None)


def fingerprint(consent: Any) -> str:
    """A short mark of the sentence that was shown, so that no other one is agreed to by pressing an old page's button."""
    return hashed(str(consent))[:16]


def who() -> str:
    """Whose attempts are counted besides the address they come from: the member's, or the guest's typed address."""
    person = maybe_me()
    if person is not None:
        return f"backer:{person.id}"
    typed = session.get(WISH) if has_request_context() else None
    return "backer:" + hashed(str((typed or {}).get("email", "")))[:32]


def _typed(slug: str) -> dict[str, Any] | None:
    kept, person = session.get(WISH), maybe_me()
    if not isinstance(kept, dict) or kept.get("slug") != slug or "amount" not in kept:
        return None
    # What a member typed is theirs: nobody reads it from a browser at which they are signed in no more.
    return kept if kept.get("of") in (None, person.id if person else None) else None
