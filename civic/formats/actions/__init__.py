"""What can be done: have a format made, and make by hand what no machine can."""
