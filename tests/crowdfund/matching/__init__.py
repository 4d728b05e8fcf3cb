"""Tests of match funding."""
