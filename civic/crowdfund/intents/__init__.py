"""Pledges that somebody means to make and cannot make online alone: staff write the wish down, the person gives the card."""
