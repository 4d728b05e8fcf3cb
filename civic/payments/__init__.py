"""Payments: the only place that knows a payment provider. Cards are saved, charged, refunded; groups are paid; all is reconciled."""
