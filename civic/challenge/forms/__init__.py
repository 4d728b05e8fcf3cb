"""What can be typed in the challenge."""
