"""The application: the guide's bench, walking a tour, and packs. What it tells is made in `telling` and put out in five ways."""
