"""Walking a tour: speaking it, visiting it by oneself, and what it leaves behind."""
