"""Discussions: topics hold threads, threads hold numbered comments and ideas, and staff answer in their own names."""
