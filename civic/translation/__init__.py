"""Translations of what people wrote: content with a history, shown with who made it, and marked where the original moved on."""
