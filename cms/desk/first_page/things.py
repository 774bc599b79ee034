"""A page of the library as the desk names it in a line: the sign of its kind, its title, where it is edited."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from cms.models import Holding


@dataclass(frozen=True)
class Thing:
    """A page: its title, the sign and colour of its kind (none for a page of the site itself), where it is edited."""

    title: str
    url: str
    glyph: str = ""
    tone: str = ""


def thing_of(key: int, content_type: int, title: str) -> Thing:
    """Return a page by its key and what kind of page it is; content types are cached by Django."""
    model = ContentType.objects.get_for_id(content_type).model_class()
    url = reverse("wagtailadmin_pages:edit", args=[key])
    if model is not None and issubclass(model, Holding):
        return Thing(title, url, model.glyph, model.tone)
    return Thing(title, url)
