"""Answers for people who do not use the website: printed forms, typed in twice, and answers by phone."""
