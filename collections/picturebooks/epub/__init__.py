"""A book as EPUB 3 (W3C Recommendation, 2023) for readers' own apps: fixed layout, both languages, ruby."""
