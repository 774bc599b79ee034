"""What a new library stands on, and what an older one is brought up to."""
