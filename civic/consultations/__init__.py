"""Consultations: a question with a stage, dates and a promise, what it holds, and what came of it."""
