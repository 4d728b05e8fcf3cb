"""What can be typed about public money."""
