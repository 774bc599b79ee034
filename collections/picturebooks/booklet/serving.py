"""`/id/<number>/booklet.pdf`: a book to print and fold, or the page that says that it is being made."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cms.worker.queue import ask_once
from picturebooks.booklet.making import make_booklet, path_of
from picturebooks.epub.volume import volume_of
from picturebooks.models import Book
from picturebooks.taking import NotAllowed, book_for, file_title, kept_how, refusal

USE = "print"
SOON = 4
"""Seconds after which the page asks again by itself."""


@require_safe
def booklet_pdf(request: HttpRequest, uid: str) -> HttpResponseBase:
    """Hand out the booklet of a book that this visitor may see and its rights let be printed; have it made where it is not there."""
    try:
        book = book_for(request, uid, USE)
    except NotAllowed as refused:
        return refusal(request, refused.book, USE)
    volume = volume_of(book)
    path = path_of(volume)
    if not path.is_file():
        ask_once(make_booklet, book.pk, get_language())
    if not path.is_file():
        return waiting(request, book)
    tag = f'"{path.stem}"'
    answer: HttpResponseBase = get_conditional_response(request, etag=tag) or FileResponse(
        path.open("rb"), filename=f"{file_title(book)}.pdf", content_type="application/pdf"
    )
    answer["ETag"] = tag
    patch_cache_control(answer, **kept_how(book))
    return answer


def waiting(request: HttpRequest, book: Book) -> HttpResponse:
    """Say that it is being made, and ask again after a moment; or that it could not be."""
    same = DBTaskResult.objects.filter(
        task_path=make_booklet.module_path, args_kwargs={"args": [book.pk, get_language()], "kwargs": {}}
    )
    failed = same.filter(status=TaskResultStatus.FAILED).exists()
    answer = render(
        request, "picturebooks/booklet.html", {"book": book, "failed": failed}, status=503 if failed else 202
    )
    if not failed:
        answer["Refresh"] = str(SOON)
    answer["Cache-Control"] = "no-store"
    return answer
