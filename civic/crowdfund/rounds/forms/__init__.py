"""What can be typed about rounds and applications."""
