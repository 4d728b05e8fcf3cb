"""Organisations at the fake Stripe: accounts of the second API, transfers and their reversals."""

import copy
from datetime import timedelta
from typing import Any

from tests.fakes.stripe_state import State, Thing, invalid, iso

Params = dict[str, Any]
CAPABILITY = "v2.core.account[configuration.recipient].capability_status_updated"
REQUIREMENTS = "v2.core.account[requirements].updated"


class Connect:
    """Accounts and what is sent to them."""

    state: State
    address: str

    def add_line(self, kind: str, category: str, source: Thing, amount: int, **more: Any) -> Thing:  # of Balance
        raise NotImplementedError

    def available(self) -> int:  # of Balance
        raise NotImplementedError

    def create_account(self, params: Params) -> Thing:
        given = params.get("defaults", {}).get("responsibilities", {})
        account = self.state.add(
            "v2.core.account",
            "acct",
            applied_configurations=sorted(params.get("configuration", {})),
            closed=False,
            created=iso(self.state.now),
            configuration={"customer": None, "merchant": None, "recipient": _recipient("pending")},
            **{name: params.get(name) for name in ("contact_email", "dashboard", "display_name")},
            defaults={
                "currency": params.get("defaults", {}).get("currency"),
                **{"locales": None, "payout_methods": None, "profile": None},
                "responsibilities": {**given, "requirements_collector": "stripe"},
            },
            metadata=params.get("metadata", {}),
            requirements=_requirements("identity.business_details", "external_account"),
        )
        self.state.tell_thinly("v2.core.account.created", account)
        return self._only(account, params)

    def read_account(self, params: Params, name: str) -> Thing:
        return self._only(self.state.get("v2.core.account", name), params)

    def _only(self, account: Thing, params: Params) -> Thing:
        """What was asked to be included, and nothing more, as the second API has it."""
        asked = params.get("include", [])
        shown = copy.deepcopy(account)
        for name in ("configuration", "defaults", "future_requirements", "identity", "requirements"):
            if not any(each.split(".")[0] == name for each in asked):
                shown[name] = None
        if shown["configuration"]:
            for name in ("customer", "merchant", "recipient"):
                if f"configuration.{name}" not in asked:
                    shown["configuration"][name] = None
        return shown

    def create_link(self, params: Params) -> Thing:
        account = self.state.get("v2.core.account", params["account"], param="account")
        return {
            "object": "v2.core.account_link",
            "account": account["id"],
            "created": iso(self.state.now),
            "expires_at": iso(self.state.now + timedelta(minutes=5)),
            "livemode": self.state.livemode,
            "url": f"{self.address}/onboarding/{account['id']}/{self.state.new_id('link')}",
            "use_case": params["use_case"],
        }

    def set_account(self, account: Thing, status: str, *wanted: str) -> None:
        """Decide whether an account may be paid, and what is still asked of its owner."""
        account["configuration"]["recipient"] = _recipient(status)
        account["requirements"] = _requirements(*wanted)
        self.state.tell_thinly(REQUIREMENTS, account)
        self.state.tell_thinly(CAPABILITY, account)

    def create_transfer(self, params: Params) -> Thing:
        account = self.state.get("v2.core.account", params["destination"], param="destination")
        if _status(account) != "active":
            raise invalid(
                "insufficient_capabilities_for_transfer",
                "Your destination account needs to have at least one of the following capabilities enabled: transfers",
            )
        if params["amount"] > self.available():
            raise invalid("balance_insufficient", "You have insufficient available funds in your Stripe account.")
        transfer = self.state.add(
            "transfer",
            "tr",
            **{name: params.get(name) for name in ("amount", "currency", "description", "destination")},
            amount_reversed=0,
            metadata=params.get("metadata", {}),
            reversed=False,
            source_type="card",
            transfer_group=params.get("transfer_group"),
        )
        transfer["reversals"] = {
            **{"object": "list", "data": [], "has_more": False},
            "url": f"/v1/transfers/{transfer['id']}/reversals",
        }
        transfer["balance_transaction"] = self.add_line("transfer", "transfer", transfer, -transfer["amount"])["id"]
        held = self.state.hidden
        held[account["id"]] = held.get(account["id"], 0) + transfer["amount"]
        self.state.tell("transfer.created", transfer)
        return transfer

    def create_reversal(self, params: Params, name: str) -> Thing:
        transfer = self.state.get("transfer", name)
        left = transfer["amount"] - transfer["amount_reversed"]
        amount = params.get("amount", left)
        if amount > left:
            raise invalid(None, "Reversal amount is greater than unreversed amount on transfer", param="amount")
        if amount > self.state.hidden[transfer["destination"]]:
            raise invalid("balance_insufficient", "The destination account has insufficient funds.")
        reversal = self.state.add(
            "transfer_reversal",
            "trr",
            amount=amount,
            currency=transfer["currency"],
            metadata=params.get("metadata", {}),
            transfer=transfer["id"],
        )
        line = self.add_line("transfer_refund", "transfer_reversal", reversal, amount)
        reversal["balance_transaction"] = line["id"]
        self.state.hidden[transfer["destination"]] -= amount
        transfer["amount_reversed"] += amount
        transfer["reversed"] = transfer["amount_reversed"] == transfer["amount"]
        transfer["reversals"]["data"].insert(0, copy.deepcopy(reversal))
        self.state.tell("transfer.reversed", transfer)
        return reversal

    def pay_out(self, account: Thing) -> None:
        """The organisation takes its money home: nothing is left that could be called back."""
        self.state.hidden[account["id"]] = 0


def _status(account: Thing) -> str:
    return account["configuration"]["recipient"]["capabilities"]["stripe_balance"]["stripe_transfers"]["status"]


def _recipient(status: str) -> Thing:
    code = "determining_status" if status == "pending" else "requirements_past_due"
    resolution = "no_resolution" if status == "pending" else "provide_info"
    details = [] if status == "active" else [{"code": code, "resolution": resolution}]
    may = {"stripe_transfers": {"status": status, "status_details": details}, "payouts": None}
    return {
        "applied": True,
        "capabilities": {"stripe_balance": may, "bank_accounts": None, "cards": None},
    }


def _requirements(*wanted: str) -> Thing:
    due = {"status": "currently_due"}
    entries = [
        {
            "awaiting_action_from": "user",
            "description": each,
            "errors": [],
            "impact": {"restricts_capabilities": []},
            "minimum_deadline": due,
            "reference": None,
            "requested_reasons": [{"code": "routine_onboarding"}],
        }
        for each in wanted
    ]
    summary = {"minimum_deadline": {**due, "time": None}} if wanted else None
    return {"alternatives": None, "entries": entries, "summary": summary}
