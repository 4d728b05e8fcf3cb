"""Judging things by published criteria: assessors, conflicts of interest, blind scores, the moderation meeting, the ranked list."""
