"""What can be typed about schemes of match funding."""
