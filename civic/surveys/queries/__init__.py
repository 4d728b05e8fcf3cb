"""What can be asked of surveys, responses and results."""
