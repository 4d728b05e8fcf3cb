"""Tests of Crowdfund."""
