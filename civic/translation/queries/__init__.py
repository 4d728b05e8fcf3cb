"""What can be asked of translations."""
