"""The forms of startups, applications and calls."""
