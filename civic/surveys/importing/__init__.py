"""Reading questionnaires that were made elsewhere: all that can be carried over, a line for all that cannot, or nothing."""
