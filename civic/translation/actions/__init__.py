"""What can be done with translations."""
