"""What can be asked about discussions."""
