"""The ledger: append-only double entry; every balance is a sum."""
