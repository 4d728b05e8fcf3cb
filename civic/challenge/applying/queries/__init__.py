"""Reads calls, startups and applications; never writes."""
