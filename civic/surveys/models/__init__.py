"""What exists: surveys and their versions, responses and drafts."""
