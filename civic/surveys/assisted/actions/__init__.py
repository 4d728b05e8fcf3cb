"""What can be done with paper and phone answers."""
