"""What can be typed about oneself, and by staff about others."""
