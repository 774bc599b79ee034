"""Pictures by address: the sizes for pages and the uploads, each to whom the class that settings.MEDIA_ACCESS names lets it."""

import mimetypes
import re
from pathlib import Path
from typing import Protocol, cast

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.module_loading import import_string

from media.models import Image, Rendition

# What uploads and sizes can be called; nothing else is looked for, neither in the database nor on the disk.
NAME = re.compile(r"(?P<folder>images|original_images)/[\w.+-]{1,100}")
PUBLIC = "public, max-age=600, must-revalidate"
"""Any cache may keep what anybody may see; what is withdrawn is gone from all of them after ten minutes."""
PRIVATE = "private, no-store"


class Access(Protocol):
    """Who may see pictures; settings.MEDIA_ACCESS names a class with these three."""

    def for_all(self, image: Image) -> bool:
        """Whether anybody may see the sizes of a picture."""
        ...

    def for_visitor(self, image: Image, request: HttpRequest) -> bool:
        """Whether this visitor may see them."""
        ...

    def for_staff(self, request: HttpRequest) -> bool:
        """Whether somebody works here, and so sees every picture, as it was uploaded too."""
        ...


def access() -> Access:
    """A new instance of the site's decision."""
    return cast(Access, import_string(settings.MEDIA_ACCESS)())


def image_of(folder: str, path: str) -> Image | None:
    """Return the picture that a file belongs to, as an upload or as a size of one."""
    if folder == "original_images":
        return cast(Image | None, Image.objects.filter(file=path).first())
    rendition = Rendition.objects.filter(file=path).select_related("image").first()
    return rendition.image if rendition else None


def kept_how(folder: str, image: Image, request: HttpRequest) -> str:
    """Return how a picture may be kept on its way to this visitor; Http404 when it is not for them."""
    allowed, size = access(), folder == "images"
    # An upload tells where and with what it was taken. Whoever may see the rest is asked without who they are, so that
    # the answer is the same for all and a cache may keep it.
    if size and allowed.for_all(image):
        return PUBLIC
    if allowed.for_staff(request) or (size and allowed.for_visitor(image, request)):
        return PRIVATE
    raise Http404


def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a picture; nothing else that lies beside them is served."""
    named = NAME.fullmatch(path)
    image = image_of(named["folder"], path) if named else None
    if named is None or image is None:
        raise Http404
    kept = kept_how(named["folder"], image, request)
    response = file_at(settings.MEDIA_ROOT / path, request)
    response["Cache-Control"] = kept
    response["X-Content-Type-Options"] = "nosniff"
    return response


def file_at(place: Path, request: HttpRequest) -> HttpResponseBase:
    """Return a file, or that what the visitor has of it is still so."""
    try:
        found = place.stat()
    except FileNotFoundError:
        raise Http404 from None
    etag = f'"{found.st_mtime_ns:x}-{found.st_size:x}"'
    response: HttpResponseBase = get_conditional_response(request, etag, int(found.st_mtime)) or FileResponse(
        place.open("rb"), content_type=mimetypes.guess_type(place)[0]
    )
    response["ETag"], response["Last-Modified"] = etag, http_date(found.st_mtime)
    return response
