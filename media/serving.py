"""Pictures and recordings by address: sizes for pages, uploads and sounds, each to whom the class that settings.MEDIA_ACCESS names lets it."""

import mimetypes
import re
from typing import Protocol, cast

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

from media.models import Image, Rendition, Sound
from media.ranges import file_at

# What uploads and sizes can be called; nothing else is looked for, neither in the database nor on the disk.
NAME = re.compile(r"(?P<folder>images|original_images)/[\w.+-]{1,100}")
SOUND = re.compile(r"[\w.+-]{1,100}")
PUBLIC = "public, max-age=600, must-revalidate"
"""Any cache may keep what anybody may see; what is withdrawn is gone from all of them after ten minutes."""
PRIVATE = "private, no-store"


class Access(Protocol):
    """Who may see pictures and hear recordings; settings.MEDIA_ACCESS names a class with these three."""

    def for_all(self, shown: Image | Sound) -> bool:
        """Whether anybody may see the sizes of a picture, or hear a recording."""
        ...

    def for_visitor(self, shown: Image | Sound, request: HttpRequest) -> bool:
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
    response = file_at(settings.MEDIA_ROOT / path, request, mimetypes.guess_type(path)[0])
    response["Cache-Control"] = kept
    response["X-Content-Type-Options"] = "nosniff"
    return response


def sound(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve a recording, whole or in parts, while something shows it that this visitor may see."""
    path = f"sounds/{name}"
    found = Sound.objects.filter(file=path).first() if SOUND.fullmatch(name) else None
    if found is None:
        raise Http404
    kept = sound_kept_how(found, request)
    response = file_at(settings.MEDIA_ROOT / path, request, found.content_type)
    response["Cache-Control"] = kept
    response["X-Content-Type-Options"] = "nosniff"
    return response


def sound_kept_how(found: Sound, request: HttpRequest) -> str:
    """Return how a recording may be kept on its way to this visitor; Http404 when it is not for them."""
    allowed = access()
    if allowed.for_all(found):
        return PUBLIC
    if allowed.for_staff(request) or allowed.for_visitor(found, request):
        return PRIVATE
    raise Http404
