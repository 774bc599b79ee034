"""Addresses at which a book is taken along, and of the faces of books; cms.urls takes them up, in both languages."""

from django.urls import path, re_path

from picturebooks.booklet.serving import booklet_pdf
from picturebooks.epub.serving import epub
from picturebooks.views import face, face_rules

urlpatterns = [
    path("id/<str:uid>.epub", epub, name="book_epub"),
    path("id/<str:uid>/booklet.pdf", booklet_pdf, name="book_booklet"),
    re_path(r"^faces/(?P<name>[0-9a-f]{16})\.css$", face_rules, name="book_face_rules"),
    re_path(r"^faces/(?P<name>[0-9a-f]{16})\.woff2$", face, name="book_face"),
]
