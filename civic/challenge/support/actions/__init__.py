"""What can be done in support."""
