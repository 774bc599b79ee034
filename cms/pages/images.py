"""Pictures by address: the sizes for pages, served while something that this visitor may see shows them; uploads to the desk alone."""

import mimetypes
import re
from pathlib import Path

from django.conf import settings
from django.db.models import Field, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from modelcluster.fields import ParentalKey

from cms.models import Holding
from cms.visibility import visible
from media.models import Image, Rendition

# What uploads and sizes can be called; nothing else is looked for, neither in the database nor on the disk.
NAME = re.compile(r"(?P<folder>images|original_images)/[\w.+-]{1,100}")
PUBLIC = "public, max-age=600, must-revalidate"
"""Any cache may keep what anybody may see; what is withdrawn is gone from all of them after ten minutes."""
PRIVATE = "private, no-store"


def image_of(folder: str, path: str) -> Image | None:
    """Return the picture that a file belongs to, as an upload or as a size of one."""
    if folder == "original_images":
        return Image.objects.filter(file=path).first()
    rendition = Rendition.objects.filter(file=path).select_related("image").first()
    return rendition.image if rendition else None


def holdings_showing(image: Image) -> "QuerySet[Holding]":
    """Return the holdings that show a picture: as a field of their own, or through a part of theirs."""
    shown = Holding.objects.none()
    for field in fields_with_pictures():
        rows = field.model.objects.filter(**{field.name: image})
        # By number: a field of one kind is no field of all holdings.
        shown |= Holding.objects.filter(pk__in=rows.values(owner(field.model)))
    return shown


def owner(model: type) -> str:
    """Return the column of a holding's, or a part's, table in which the number of the holding stands."""
    if issubclass(model, Holding):
        return "pk"
    return next(f.attname for f in model._meta.fields if is_whole(f))


def is_whole(field: Field) -> bool:
    """Tell whether a field of a part points to the holding that it is a part of."""
    return isinstance(field, ParentalKey) and issubclass(field.related_model, Holding)


def fields_with_pictures() -> list[Field]:
    """Return every field, of a holding or of a part of one, that points to a picture."""
    relations = Image._meta.get_fields(include_hidden=True)
    fields = [r.field for r in relations if r.auto_created and not r.concrete and (r.one_to_many or r.one_to_one)]
    return [f for f in fields if issubclass(f.model, Holding) or any(is_whole(g) for g in f.model._meta.fields)]


def at_the_desk(request: HttpRequest) -> bool:
    """Tell whether somebody works in the admin, and so sees every picture, as it was uploaded too."""
    return request.user.has_perm("wagtailadmin.access_admin")


def kept_how(folder: str, image: Image, request: HttpRequest) -> str:
    """Return how a picture may be kept on its way to this visitor; Http404 when it is not for them."""
    shown = holdings_showing(image)
    # An upload tells where and with what it was taken. Whoever may see the rest is asked without who they are, so that
    # the answer is the same for all and a cache may keep it.
    if folder == "images" and visible(shown, None).exists():
        return PUBLIC
    if at_the_desk(request) or (folder == "images" and visible(shown, request).exists()):
        return PRIVATE
    raise Http404


def picture(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a picture; nothing else that lies beside them is served."""
    named = NAME.fullmatch(path)
    image = image_of(named["folder"], path) if named else None
    if image is None:
        raise Http404
    kept = kept_how(named["folder"], image, request)
    response = file_at(settings.MEDIA_ROOT / path, request)
    response["Cache-Control"] = kept
    response["X-Content-Type-Options"] = "nosniff"
    return response


def file_at(place: Path, request: HttpRequest) -> HttpResponse:
    """Return a file, or that what the visitor has of it is still so."""
    try:
        found = place.stat()
    except FileNotFoundError:
        raise Http404 from None
    etag = f'"{found.st_mtime_ns:x}-{found.st_size:x}"'
    response = get_conditional_response(request, etag, int(found.st_mtime)) or FileResponse(
        place.open("rb"), content_type=mimetypes.guess_type(place)[0]
    )
    response["ETag"], response["Last-Modified"] = etag, http_date(found.st_mtime)
    return response
