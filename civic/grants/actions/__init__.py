"""What can be done with public money; each takes who and when, and never commits."""
