"""Where picture books could show a holding beside their pages: in what is taken along of them, and in their faces."""

from tests.surfaces import Case

CASES: dict[str, Case] = {
    "book_epub": "shows the book alone, to whom visible() lets it: tests/picturebooks/test_epub.py",
    "book_booklet": "shows the book alone, to whom visible() lets it: tests/picturebooks/test_booklet.py",
    "book_face_rules": "it says where the face is that its own name stands for, and asks no holding",
    "book_face": "a font, named for its letters; whoever can ask for it knows them already",
}
