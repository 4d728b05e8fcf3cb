"""What can be done with campaigns, pledges and what came of them."""
