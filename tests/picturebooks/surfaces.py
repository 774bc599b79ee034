"""Where picture books could show a holding beside their pages."""

from tests.surfaces import Case

CASES: dict[str, Case] = {
    "book_face_rules": "it says where the face is that its own name stands for, and asks no holding",
    "book_face": "a font, named for its letters; whoever can ask for it knows them already",
}
