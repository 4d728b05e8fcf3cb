"""The outside world, played strictly."""
