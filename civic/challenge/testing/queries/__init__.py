"""What can be asked about tests; each reads and never writes."""
