"""Sound files: which they are by their content, and how long they last; nothing is decoded."""
