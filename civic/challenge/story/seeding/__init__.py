"""A whole year of the challenge lived through the actions that people use: for the demo, and for the journey that proves it."""
