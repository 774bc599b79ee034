"""What the pages of stories, tours and their stops show."""

from typing import Any

from django.http import HttpRequest

from cms.models.visible_page import shown_on
from cms.pages.related import Surroundings
from tours.models import Story, Tour
from tours.pages.reading import read
from tours.pages.visiting import visit


@shown_on(Story)
def story(page: Story, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return its versions in the reader's language, and the pictures of what it tells of."""
    around = Surroundings(page, request, pictured=True)
    return {"around": around, **read(page, around)}


@shown_on(Tour)
def tour(page: Tour, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return the tour as it is told to this reader, and the stop with a number; Http404 where there is none."""
    return visit(page, request, context.get("number", 0))
