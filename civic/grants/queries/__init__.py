"""What can be asked about public money."""
