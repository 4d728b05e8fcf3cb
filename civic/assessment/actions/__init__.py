"""What can be done; each act says who and when, and none commits."""
