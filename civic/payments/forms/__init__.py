"""What can be typed about money."""
