"""What is done about ranks and matches."""
