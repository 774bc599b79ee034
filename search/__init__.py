"""Finding: one Document, one text chain, an engine that answers; it imports nothing of ours."""
