"""Support of startups in a programme: plans, mentors, sessions, meetings, the demo day, and what came of it all."""
