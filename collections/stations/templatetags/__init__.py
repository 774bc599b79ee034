"""Template tags of stations."""
