"""Who may take which book along: seen by this visitor, and its use allowed."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cms.catalogue.bilingual import say
from cms.models.former_number import numbered
from cms.models.uid import normal_uid
from cms.visibility import is_visible, visible
from media.models import Image
from media.renditions import ready
from picturebooks.models import Book, Spread


class NotAllowed(Exception):
    """The visitor may read the book here, but its rights do not allow the use."""

    def __init__(self, book: Book) -> None:
        super().__init__(book.uid)
        self.book = book


def book_for(request: HttpRequest, uid: str, use: str) -> Book:
    """Return the book with a number, with its cover; Http404 where this visitor may not see it or there is nothing to read,
    NotAllowed where its rights do not allow `use`: offline or print.
    """
    book = numbered(visible(with_pictures(), request), normal_uid(uid))
    if book is None or not list(book.spreads.all()):
        raise Http404
    if not getattr(book, f"use_{use}"):
        raise NotAllowed(book)
    return book


def with_pictures() -> "QuerySet[Book]":
    """Return books that come with their spreads and the sizes of their pictures, in as many queries for any number."""
    spreads = Prefetch("spreads", Spread.objects.select_related("sound_zh", "sound_en").order_by("sort_order", "pk"))
    books = Book.objects.select_related("cover", "sound_zh", "sound_en")
    return books.prefetch_related("cover__renditions", spreads, "spreads__image__renditions")


def file_title(book: Book) -> str:
    """Return a book's title without what no file system takes."""
    title = "".join(sign for sign in say(book, "title").text if sign.isalnum() or sign in " -_，、。！？：（）《》·’")
    return title[:60].strip() or book.uid


def refusal(request: HttpRequest, book: Book, use: str) -> HttpResponse:
    """Say that a book's rights do not allow a use."""
    return render(request, "picturebooks/not_to_take.html", {"book": book, "use": use}, status=403)


def kept_how(book: Book) -> dict[str, bool]:
    """Return how caches may keep what is made of a book: asked about each time, and by others than the visitor only what anybody may see."""
    return {"no_cache": True, "public": True} if is_visible(book, None) else {"no_cache": True, "private": True}


def has_all_words(images: Iterable[Image]) -> bool:
    """Tell whether each picture is described in words."""
    return all(image.alt.strip() or image.alt_en.strip() for image in images)


def pictures_of(book: Book, spreads: Iterable[Spread]) -> list[Image]:
    """Return the pictures of a book that have a size for pages."""
    images = [book.cover, *(spread.image for spread in spreads)]
    return [image for image in images if image and ready(image)]
