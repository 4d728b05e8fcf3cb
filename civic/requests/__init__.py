"""Requests for a format or a language that cannot be made at once: asked by anybody, made by staff within a published time."""
