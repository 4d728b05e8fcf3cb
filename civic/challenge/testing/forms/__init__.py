"""What can be typed about tests."""
