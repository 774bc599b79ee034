"""What the page of a postcard shows beside its own fields."""

from django.http import HttpRequest

from cms.models import Holding
from cms.models.visible_page import shown_on
from cms.visibility import visible
from postcards.models import Postcard


@shown_on(Postcard)
def postcard(page: Postcard, request: HttpRequest, context: dict) -> dict:
    """Return the sender, where this visitor may see them, and the stamps with their pictures."""
    return {
        "sender": visible(Holding.objects.filter(pk=page.sender_id), request).first(),
        "stamps": page.stamps.select_related("image").prefetch_related("image__renditions"),
    }
