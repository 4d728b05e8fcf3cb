"""The ground: everything the rooms stand on, and nothing that knows what a survey or a pledge is."""
