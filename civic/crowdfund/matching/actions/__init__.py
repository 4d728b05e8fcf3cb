"""What can be done with match funding."""
