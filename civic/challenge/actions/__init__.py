"""What can be done in the challenge."""
