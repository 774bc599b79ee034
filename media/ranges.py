"""A file by HTTP, whole or a part of it (RFC 9110, ranges): Safari plays no sound that it cannot ask for in parts."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

RANGE = re.compile(r"bytes=(?P<first>[0-9]{0,15})-(?P<last>[0-9]{0,15})")
PIECE = 64 * 1024


def file_at(place: Path, request: HttpRequest, content_type: str | None) -> HttpResponseBase:
    """Return a file or the part of it that was asked for, or that what the visitor has of it is still so; Http404 without it."""
    try:
        found = place.stat()
    except FileNotFoundError:
        raise Http404 from None
    etag, size = f'"{found.st_mtime_ns:x}-{found.st_size:x}"', found.st_size
    part = wanted(request, etag, size)
    response: HttpResponseBase | None = get_conditional_response(request, etag, int(found.st_mtime))
    if response is None and part is None:
        response = FileResponse(place.open("rb"), content_type=content_type)
    elif response is None:
        response = answer(place, part or range(0), size, content_type)
    response["ETag"], response["Last-Modified"] = etag, http_date(found.st_mtime)
    response["Accept-Ranges"] = "bytes"
    # Packed on its way, a part would be no part any more; a sound is packed already.
    response["Content-Encoding"] = "identity"
    return response


def wanted(request: HttpRequest, etag: str, size: int) -> range | None:
    """Return which bytes were asked for: none where the whole file was, an empty range where it has none of them."""
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    # Of another version than the one that the visitor has a part of, the whole is sent.
    if not asked or request.headers.get("If-Range", etag) != etag or asked[0] == "bytes=-":
        return None
    if not asked["first"]:
        return range(max(0, size - int(asked["last"])), size)
    last = min(int(asked["last"] or size), size - 1)
    if asked["last"] and int(asked["last"]) < int(asked["first"]):
        return None
    return range(int(asked["first"]), last + 1)


def answer(place: Path, part: range, size: int, content_type: str | None) -> HttpResponseBase:
    """Return the bytes of a part, or that there are none."""
    if not part:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(pieces(place, part), status=206, content_type=content_type)
    response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    response["Content-Length"] = str(len(part))
    return response


def pieces(place: Path, part: range) -> Iterator[bytes]:
    """Yield the bytes of a part."""
    with place.open("rb") as file:
        file.seek(part.start)
        left = len(part)
        while left and (data := file.read(min(left, PIECE))):
            left -= len(data)
            yield data
