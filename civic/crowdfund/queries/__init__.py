"""What can be asked: it reads and never writes."""
