"""Moderation: anybody may report, a person decides and says why, and somebody else hears the appeal."""
