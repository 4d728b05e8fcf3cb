"""What can be done by and to people and organisations; who and when are arguments, the edge commits."""
