"""What an entry's page shows: a contents of its own making."""

from typing import Any

from django.http import HttpRequest

from chronicle.models import Entry
from chronicle.openings import openings
from cms.models.visible_page import shown_on


@shown_on(Entry)
def entry(page: Entry, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return a contents for a text from an old book, which has no headings of its own."""
    return {"openings": openings(context["around"].body)}
