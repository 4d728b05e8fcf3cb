"""Two-sided matching: startups rank challenges, partners rank startups, and a stable match comes of it that both can check."""
