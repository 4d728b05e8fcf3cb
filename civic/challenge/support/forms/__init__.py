"""What can be typed in support."""
