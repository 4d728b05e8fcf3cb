"""What can be typed about surveys."""
