"""Stand-in until assessment is there."""
