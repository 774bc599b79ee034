"""A name as somebody wrote it, and the records that it may mean: by their own titles and names, scored, certain only by rule."""
