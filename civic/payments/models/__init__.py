"""What exists: saved cards, charges, refunds and disputes, payees and transfers, announcements of the provider, reconciliations."""

from civic.payments.models.cards import CardSetup, PaymentMethod
from civic.payments.models.charges import Charge, Dispute, Refund
from civic.payments.models.inbox import WebhookEvent
from civic.payments.models.payees import Payee, Transfer, TransferReversal
from civic.payments.models.reconciliation import BalanceRecord, Discrepancy, ReconciliationRun
from civic.payments.sandbox.models import (
    SandboxAccount,
    SandboxAnswer,
    SandboxCustomer,
    SandboxDispute,
    SandboxDue,
    SandboxEntry,
    SandboxEvent,
    SandboxFault,
    SandboxMethod,
    SandboxPayment,
    SandboxRefund,
    SandboxReversal,
    SandboxSetup,
    SandboxTransfer,
)

__all__ = [
    "BalanceRecord",
    "CardSetup",
    "Charge",
    "Discrepancy",
    "Dispute",
    "Payee",
    "PaymentMethod",
    "ReconciliationRun",
    "Refund",
    "SandboxAccount",
    "SandboxAnswer",
    "SandboxCustomer",
    "SandboxDispute",
    "SandboxDue",
    "SandboxEntry",
    "SandboxEvent",
    "SandboxFault",
    "SandboxMethod",
    "SandboxPayment",
    "SandboxRefund",
    "SandboxReversal",
    "SandboxSetup",
    "SandboxTransfer",
    "Transfer",
    "TransferReversal",
    "WebhookEvent",
]
