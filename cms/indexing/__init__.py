"""What the search is told: documents, where they come from, and which changes make them stale."""
