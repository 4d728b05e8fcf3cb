"""A civic participation platform for London: Talk, Crowdfund and the Civic Innovation Challenge in one house."""
