"""What a person is told, where, and how often."""
