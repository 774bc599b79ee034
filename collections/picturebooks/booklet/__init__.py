"""A book to print, fold and staple: A4 on its side, two pages of A5 a side, in the order in which they fold."""
