"""The market: populations run through time, what a run comes to, and one life of it told alone."""
