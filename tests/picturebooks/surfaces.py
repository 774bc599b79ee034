"""Where books could show a holding: in what is taken along of them."""

from tests.surfaces import Case

CASES: dict[str, Case] = {
    "book_epub": "shows the book alone, to whom visible() lets it: tests/picturebooks/test_epub.py",
    "book_booklet": "shows the book alone, to whom visible() lets it: tests/picturebooks/test_booklet.py",
}
