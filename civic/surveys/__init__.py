"""Surveys: questionnaires with logic, answers that keep their promise of anonymity, and results everyone can check."""
