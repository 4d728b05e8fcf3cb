"""Campaigns of the past, from a file: what happened stays findable, with its sums and without anybody's name."""
