"""The guide's bench: making a tour, ordering it, fitting it to the time."""
