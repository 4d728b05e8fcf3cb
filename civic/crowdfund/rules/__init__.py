"""What is fair and how much: arithmetic and choices without a database."""
