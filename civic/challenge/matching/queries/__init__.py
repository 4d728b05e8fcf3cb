"""Reads ranks and matches; never writes."""
