"""What the pages of the site and of any holding show beside their own fields."""

from typing import Any

from django.http import HttpRequest

from cms.catalogue.bilingual import say
from cms.catalogue.prose import blocks
from cms.models import Holding, Home, Shelf, TextPage
from cms.models.visible_page import shown_on
from cms.pages.brought import brought
from cms.pages.home import front
from cms.pages.listing import Listing
from cms.pages.related import Surroundings


@shown_on(Home)
def home(page: Home, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return the leaves, the leaf of the day and the collections."""
    return front(request)


@shown_on(Shelf)
def shelf(page: Shelf, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return the listing that the address asks for."""
    return {"listing": Listing(page, request)}


@shown_on(TextPage)
def text_page(page: TextPage, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return the text in the reader's language, as paragraphs."""
    return {"text": blocks(say(page, "body").text)}


@shown_on(Holding)
def holding(page: Holding, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return what surrounds the holding: names, relations from both ends, sources, neighbours; and what kinds bring to it."""
    return {"around": Surroundings(page, request), "brought": brought(page, request)}
