"""Template tags of the librarians' desk."""

from dataclasses import dataclass

from django import template
from django.apps import apps
from django.urls import reverse
from wagtail.models import Page

register = template.Library()


@dataclass(frozen=True)
class KindOnShelf:
    """A kind that a shelf is put up for: its name, how many there are wherever they stand, and the list of them all."""

    label: str
    count: int
    url: str


@register.simple_tag
def kinds_on(page: Page) -> list[KindOnShelf]:
    """Return the kinds on a shelf; none for any other page, and none that is no longer installed."""
    labels = [label for label in getattr(page.specific, "kinds", []) if label.split(".")[0] in apps.app_configs]
    models = [apps.get_model(label) for label in labels]
    return [
        KindOnShelf(
            model._meta.verbose_name_plural,
            model.objects.count(),
            reverse("wagtailadmin_pages:type_use", args=[model._meta.app_label, model._meta.model_name]),
        )
        for model in models
    ]
