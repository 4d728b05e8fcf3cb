"""What the demo's campaigns say and show; the figures of real projects come from public sources, named beside them."""
