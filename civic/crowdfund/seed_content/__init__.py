"""What the demo's campaigns say and show; the figures of real projects come from london.md A.6, with their sources."""
