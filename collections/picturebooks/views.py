"""The face of a book by address: which letters a file has stands in its name, so that it is kept for good."""

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from picturebooks.faces import file_of

FOR_GOOD = "public, max-age=31536000, immutable"
A_MINUTE = "public, max-age=60"


@require_safe
def face_rules(request: HttpRequest, name: str) -> HttpResponse:
    """Return the rules of a face; none as long as it is not cut, and the reader's own 楷 stands in."""
    made = default_storage.exists(file_of(name))
    answer = render(request, "picturebooks/face.css", {"name": name, "made": made}, content_type="text/css")
    answer["Cache-Control"] = FOR_GOOD if made else A_MINUTE
    return answer


@require_safe
def face(request: HttpRequest, name: str) -> HttpResponseBase:
    """Return a face; it says nothing of a book but its letters, and who asks for it knows these already."""
    try:
        file = default_storage.open(file_of(name))
    except OSError:
        return HttpResponse(status=404)
    return FileResponse(file, content_type="font/woff2", headers={"Cache-Control": FOR_GOOD})
