"""A kind that tests alone know: it brings all that a folder on the shelf may bring, and no demo."""
