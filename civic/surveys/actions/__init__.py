"""What can be done with surveys: building, launching, answering."""
