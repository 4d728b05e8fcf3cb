"""What can be asked about the challenge."""
