"""What can be asked about support."""
