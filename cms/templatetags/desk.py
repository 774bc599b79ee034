"""Template tags of the desk: the kinds on a shelf, and what pages of confirmation say of things about to be removed."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.apps import apps
from django.urls import reverse
from wagtail.models import Page

from cms.desk import deleting
from cms.desk.usage import Going

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
            f"{reverse('holdings')}?kind={model._meta.model_name}",
        )
        for model in models
    ]


@register.simple_tag(takes_context=True)
def going(context: template.Context, items: list[dict[str, Any]]) -> Going:
    """Return what a bulk action is about to remove, looked at once a page."""
    kept: Any = context.render_context  # a dictionary for whatever tags keep of one page
    known = kept.setdefault("going", {})
    if "all" not in known:
        known["all"] = Going([one["item"] for one in items])
    return known["all"]


@register.simple_tag(takes_context=True)
def told(context: template.Context, going: Going) -> dict[str, Any]:
    """Return who refers to it, and what goes with it."""
    return deleting.told(going, context["request"])
