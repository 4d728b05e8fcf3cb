"""Crowdfund: community campaigns, all or nothing, from idea to money delivered."""
