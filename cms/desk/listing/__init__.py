"""The desk's one list of holdings: what it can be narrowed by, what it shows, and what is kept of it under a name."""
