"""What is fair: house rules, weights, waves, likeness, and what new accounts may do."""
