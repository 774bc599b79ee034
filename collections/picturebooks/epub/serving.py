"""`/id/<number>.epub`: a book for readers' own apps."""

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from picturebooks.epub.archive import MIMETYPE, kept
from picturebooks.epub.volume import Volume, volume_of
from picturebooks.models import Book
from picturebooks.taking import NotAllowed, book_for, file_title, kept_how, refusal

USE = "offline"


@require_safe
def epub(request: HttpRequest, uid: str) -> HttpResponseBase:
    """Hand out a book that this visitor may see and its rights let go offline, or say that what they have of it is still so."""
    try:
        book = book_for(request, uid, USE)
    except NotAllowed as refused:
        return refusal(request, refused.book, USE)
    volume = volume_of(book)
    tag = f'"{volume.fingerprint}"'
    answer: HttpResponseBase = get_conditional_response(request, etag=tag) or file_of(book, volume)
    answer["ETag"] = tag
    patch_cache_control(answer, **kept_how(book))
    return answer


def file_of(book: Book, volume: Volume) -> FileResponse:
    """Return a volume's file under the book's own name."""
    file = kept(volume).open("rb")
    return FileResponse(file, as_attachment=True, filename=f"{file_title(book)}.epub", content_type=MIMETYPE)
