"""Accessibility: how pages are shown to one person, the statement, and the barriers people tell us about."""
