"""From a call to a shortlist: startups, their sealed applications, and the answer that each of them gets."""
