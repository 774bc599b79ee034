"""What a kind says of itself: columns, shelves, panels, forms, pairs of languages, running text."""
