"""Template tags of picture books."""
