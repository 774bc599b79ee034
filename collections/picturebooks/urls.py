"""Addresses at which a book is taken along; cms.urls takes them up, in both languages."""

from django.urls import path

from picturebooks.booklet.serving import booklet_pdf
from picturebooks.epub.serving import epub

urlpatterns = [
    path("id/<str:uid>.epub", epub, name="book_epub"),
    path("id/<str:uid>/booklet.pdf", booklet_pdf, name="book_booklet"),
]
