"""Discussions held elsewhere: real threads of comments with their dates, parents and votes, read in and kept as they were."""
