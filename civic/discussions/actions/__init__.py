"""What can be done in discussions."""
