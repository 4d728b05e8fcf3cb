"""Help for authors: what could be better about a page before others read it, and what holds its publication back."""
