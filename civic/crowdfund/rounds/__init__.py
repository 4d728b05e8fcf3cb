"""The Mayor's pledge: rounds of a fund, applications of campaigns, and what was decided, live on the campaign."""
