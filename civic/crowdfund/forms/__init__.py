"""What can be typed about campaigns and pledges."""
