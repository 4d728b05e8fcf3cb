"""What happens to calls, startups and applications."""
