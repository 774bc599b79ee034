"""What a picture book's page shows: its spreads."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest

from cms.models.visible_page import shown_on
from picturebooks.models import Book


@shown_on(Book)
def book(page: Book, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return the spreads with their pictures, in three queries for any number."""
    spreads = list(page.spreads.all())
    prefetch_related_objects([spread for spread in spreads if spread.image_id], "image__renditions")
    return {"spreads": spreads}
