"""The sandbox: a payment provider of our own, for demonstrations and tests. No money moves and no card number is kept."""
