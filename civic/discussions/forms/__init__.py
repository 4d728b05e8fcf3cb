"""What can be typed in discussions."""
