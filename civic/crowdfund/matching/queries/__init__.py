"""What can be asked about schemes of match funding."""
