"""Reads across all parts of the challenge; never writes."""
