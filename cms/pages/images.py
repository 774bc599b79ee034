"""Who may see a picture or hear a recording: whoever may see something that shows it, and those who work here."""

from typing import Any

from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest
from modelcluster.fields import ParentalKey

from cms.models import Holding
from cms.visibility import visible
from media.models import Image, Sound

Medium = Image | Sound


class ImageAccess:
    """The site's answer to `media.serving.Access`."""

    def for_all(self, shown: Medium) -> bool:
        """Whether something that anybody may see shows a picture or a recording."""
        return may_be_out(shown) and visible(holdings_showing(shown), None).exists()

    def for_visitor(self, shown: Medium, request: HttpRequest) -> bool:
        """Whether something that this visitor may see shows it."""
        return may_be_out(shown) and visible(holdings_showing(shown), request).exists()

    def for_staff(self, request: HttpRequest) -> bool:
        """Whether somebody works in the admin."""
        return request.user.has_perm("wagtailadmin.access_admin")


def may_be_out(shown: Medium) -> bool:
    """Tell whether its own rights let it be on the web; a picture has those of what shows it, unless it was taken down."""
    return shown.use_web if isinstance(shown, Sound) else not shown.withheld


def holdings_showing(medium: Medium) -> "QuerySet[Holding]":
    """Return the holdings that show a picture or a recording: as a field of their own, or through a part of theirs."""
    shown = Holding.objects.none()
    for field in fields_showing(type(medium)):
        rows = field.model._default_manager.filter(**{field.name: medium})
        # By number: a field of one kind is no field of all holdings.
        shown |= Holding.objects.filter(pk__in=rows.values(owner(field.model)))
    return shown


def owner(model: type[Model]) -> str:
    """Return the column of a holding's, or a part's, table in which the number of the holding stands."""
    if issubclass(model, Holding):
        return "pk"
    return next(f.attname for f in model._meta.fields if is_whole(f))


def is_whole(field: "Field[Any, Any]") -> bool:
    """Tell whether a field of a part points to the holding that it is a part of."""
    return isinstance(field, ParentalKey) and issubclass(field.related_model, Holding)


def fields_showing(model: type[Medium]) -> "list[Field[Any, Any]]":
    """Return every field, of a holding or of a part of one, that points to a picture, or to a recording."""
    relations: list[Any] = model._meta.get_fields(include_hidden=True)
    fields = [r.field for r in relations if r.auto_created and not r.concrete and (r.one_to_many or r.one_to_one)]
    return [f for f in fields if issubclass(f.model, Holding) or any(is_whole(g) for g in f.model._meta.fields)]
