"""Pictures by address: served while something that this visitor may see shows them."""

from pathlib import PurePosixPath

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.views.static import serve

from cms.models import Holding
from cms.visibility import visible
from media.models import Image, Rendition


def image_of(path: str) -> Image | None:
    """Return the picture that a file belongs to, as original or as rendition."""
    rendition = Rendition.objects.filter(file=path).select_related("image").first()
    return rendition.image if rendition else Image.objects.filter(file=path).first()


def holdings_showing(image: Image) -> "QuerySet[Holding]":
    """Return the holdings that show a picture: as a field of their own, or through a part of theirs."""
    shown = Holding.objects.none()
    for field in fields_with_pictures():
        model = field.model
        if issubclass(model, Holding):
            shown |= Holding.objects.filter(**{f"{field.name}": image})
        else:
            owner = next(f for f in model._meta.fields if f.is_relation and issubclass(f.related_model, Holding))
            ids = model.objects.filter(**{field.name: image}).values(f"{owner.name}_id")
            shown |= Holding.objects.filter(pk__in=ids)
    return shown


def fields_with_pictures() -> list:
    """Return every field, of a holding or of a part of one, that points to a picture."""
    relations = Image._meta.get_fields(include_hidden=True)
    fields = [r.field for r in relations if r.auto_created and r.is_relation and not r.concrete and r.one_to_many]
    return [f for f in fields if f.model is not Rendition and points_to_holding(f.model)]


def points_to_holding(model: type) -> bool:
    """Tell whether a model is a holding or a part of one."""
    if issubclass(model, Holding):
        return True
    return any(
        f.is_relation and f.related_model and issubclass(f.related_model, Holding) and hasattr(model, "key")
        for f in model._meta.fields
    )


def may_see(image: Image, request: HttpRequest) -> bool:
    """Tell whether this visitor may see a picture; those who work in the admin see all."""
    if request.user.has_perm("wagtailadmin.access_admin"):
        return True
    return visible(holdings_showing(image), request).exists()


def picture(request: HttpRequest, path: str) -> HttpResponse:
    """Serve an upload; nothing but pictures is served, and none that only hidden holdings show."""
    if PurePosixPath(path).parts[0] not in ("images", "original_images"):
        raise Http404
    image = image_of(path)
    if image is None or not may_see(image, request):
        raise Http404
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response["Cache-Control"] = "private, max-age=600"
    response["X-Content-Type-Options"] = "nosniff"
    return response
