"""The Civic Innovation Challenge: residents' problems, the partners who own them, and briefs that residents help to write."""
