"""What can be asked of moderation."""
