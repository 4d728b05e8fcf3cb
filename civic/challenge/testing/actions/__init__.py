"""What can be done with tests; each takes who and when, and never commits."""
