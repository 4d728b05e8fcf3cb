"""The forms of ranking and matching."""
