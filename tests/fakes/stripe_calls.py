"""The calls that the fake Stripe answers: each with the parameter types it takes and who does it."""

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fakes.stripe_state import State, Thing, invalid
from tests.fakes.typed_requests import faults, from_form, params

# Method, path, the library's parameter class, the fake's method ("" for reading one or listing).
TABLE = """
POST /v1/customers                      _customer_create_params.CustomerCreateParams                     create_customer
POST /v1/checkout/sessions              checkout._session_create_params.SessionCreateParams              create_session
GET  /v1/checkout/sessions/*            checkout._session_retrieve_params.SessionRetrieveParams          read:checkout.session
GET  /v1/setup_intents/*                _setup_intent_retrieve_params.SetupIntentRetrieveParams          read:setup_intent
GET  /v1/payment_methods/*              _payment_method_retrieve_params.PaymentMethodRetrieveParams      read:payment_method
POST /v1/payment_methods/*/detach       _payment_method_detach_params.PaymentMethodDetachParams          detach
POST /v1/payment_intents                _payment_intent_create_params.PaymentIntentCreateParams          create_payment
POST /v1/payment_intents/*/confirm      _payment_intent_confirm_params.PaymentIntentConfirmParams        confirm_payment
POST /v1/payment_intents/*/cancel       _payment_intent_cancel_params.PaymentIntentCancelParams          cancel_payment
GET  /v1/payment_intents                _payment_intent_list_params.PaymentIntentListParams              list:payment_intent
GET  /v1/payment_intents/*              _payment_intent_retrieve_params.PaymentIntentRetrieveParams      read:payment_intent
GET  /v1/charges/*                      _charge_retrieve_params.ChargeRetrieveParams                     read:charge
POST /v1/refunds                        _refund_create_params.RefundCreateParams                         create_refund
GET  /v1/refunds                        _refund_list_params.RefundListParams                             list:refund
GET  /v1/refunds/*                      _refund_retrieve_params.RefundRetrieveParams                     read:refund
GET  /v1/disputes                       _dispute_list_params.DisputeListParams                           list:dispute
GET  /v1/disputes/*                     _dispute_retrieve_params.DisputeRetrieveParams                   read:dispute
POST /v1/transfers                      _transfer_create_params.TransferCreateParams                     create_transfer
GET  /v1/transfers                      _transfer_list_params.TransferListParams                         list:transfer
POST /v1/transfers/*/reversals          _transfer_reversal_create_params.TransferReversalCreateParams    create_reversal
GET  /v1/balance_transactions           _balance_transaction_list_params.BalanceTransactionListParams    list:balance_transaction
GET  /v1/events                         _event_list_params.EventListParams                               list:event
POST /v2/core/accounts                  v2.core._account_create_params.AccountCreateParams               create_account
GET  /v2/core/accounts/*                v2.core._account_retrieve_params.AccountRetrieveParams           read_account
POST /v2/core/account_links             v2.core._account_link_create_params.AccountLinkCreateParams      create_link
"""
FILTERS = ("customer", "payment_intent", "charge", "source", "transfer_group", "destination", "type")


@dataclass(frozen=True)
class Call:
    """One thing that may be asked."""

    method: str
    path: str
    kind: Any
    does: str

    @property
    def name(self) -> str:
        """As counters and faults name it: "payment_intents/confirm"."""
        return re.sub(r"^/v[12]/(core/)?", "", self.path).replace("/*", "")

    def matches(self, method: str, path: str) -> re.Match[str] | None:
        """The ids in `path`, when this is what is asked."""
        pattern = re.escape(self.path).replace(r"\*", "([^/]+)")
        return re.fullmatch(pattern, path) if method == self.method else None


CALLS = [
    Call(method, path, params(kind), does) for method, path, kind, does in map(str.split, TABLE.strip().splitlines())
]


def find(method: str, path: str) -> tuple[Call, tuple[str, ...]]:
    """What is asked, and of which things."""
    for call in CALLS:
        if found := call.matches(method, path):
            return call, found.groups()
    raise invalid(None, f"Unrecognized request URL ({method}: {path}).", status=404)


def understand(call: Call, given: dict[str, Any], *, is_form: bool) -> dict[str, Any]:
    """The parameters with their types; refuses what the library's types do not know."""
    typed = from_form(given, call.kind) if is_form else given
    if wrong := faults(typed, call.kind):
        code = "parameter_unknown" if "unknown parameter" in wrong[0] else "parameter_invalid"
        raise invalid(code, "; ".join(wrong[:3]), param=wrong[0].split(":")[0].strip("."))
    return typed


def answer(call: Call, handlers: Any, given: dict[str, Any], ids: tuple[str, ...]) -> Thing:
    """Do it, and say what there is now, with everything expanded that was asked for."""
    state: State = handlers.state
    what, _, kind = call.does.partition(":")
    if what == "list":
        thing = _list(state, call.path, kind, given)
    elif what == "read":
        thing = state.get(kind, ids[0])
    else:
        do: Callable[..., Thing] = getattr(handlers, call.does)
        thing = do(given, *ids)
    return _expanded(state, copy.deepcopy(thing), given.get("expand", []))


def _list(state: State, path: str, kind: str, given: dict[str, Any]) -> Thing:
    found = list(reversed(state.events if kind == "event" else state.all(kind)))
    for name in FILTERS:
        if name in given:
            found = [each for each in found if each.get(name) == given[name]]
    for name, holds in _within(given.get("created", {})):
        found = [each for each in found if holds(each["created"], name)]
    if "types" in given:
        found = [each for each in found if each["type"] in given["types"]]
    names = [each["id"] for each in found]
    if after := given.get("starting_after"):
        if after not in names:
            raise invalid("resource_missing", f"No such {kind}: '{after}'", param="starting_after")
        found = found[names.index(after) + 1 :]
    most = given.get("limit", 10)
    if not 1 <= most <= 100:
        raise invalid("parameter_invalid_integer", "limit must be between 1 and 100", param="limit")
    return {"object": "list", "url": path, "has_more": len(found) > most, "data": found[:most]}


def _within(created: Any) -> list[tuple[int, Callable[[int, int], bool]]]:
    if isinstance(created, int):
        return [(created, int.__eq__)]
    tests = {"gt": int.__gt__, "gte": int.__ge__, "lt": int.__lt__, "lte": int.__le__}
    return [(limit, tests[name]) for name, limit in created.items()]


def _expanded(state: State, thing: Thing, paths: list[str]) -> Thing:
    for path in paths:
        first, _, rest = path.partition(".")
        if first == "data" and thing["object"] == "list":
            thing["data"] = [_expanded(state, copy.deepcopy(each), [rest]) for each in thing["data"]]
            continue
        if first not in thing:
            raise invalid("parameter_invalid", f"This property cannot be expanded ({path}).", param="expand")
        if isinstance(thing[first], str):
            thing[first] = copy.deepcopy(state.things[thing[first]])
        if rest and isinstance(thing[first], dict):
            thing[first] = _expanded(state, thing[first], [rest])
    return thing
