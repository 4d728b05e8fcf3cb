"""The front page, the frame around every page, and the staff console: the roof that sees every package."""
