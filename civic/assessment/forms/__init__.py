"""What can be typed in assessments."""
