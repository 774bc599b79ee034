"""Pages that answer only those who may see them, with what the rooms above show on them."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import PageViewRestriction

from cms.visibility import is_taken_down, is_visible

Show = Callable[[Any, HttpRequest, dict[str, Any]], dict[str, Any]]
SHOWS: dict[type[models.Model], Show] = {}
"""What the pages of a model show beside their own fields; filled by `contexts.py` of each app when the site starts."""


def shown_on(model: type[models.Model]) -> Callable[[Show], Show]:
    """Register `show(page, request, context)` for the pages of a model and its kinds; it returns more of the context.

    So a model need not import what is drawn from it. What the address says beyond the page, as the number of a stop, is
    in the context already.
    """

    def register(show: Show) -> Show:
        if model in SHOWS:
            raise ImproperlyConfigured(f"{SHOWS[model]} and {show} both say what pages of {model} show.")
        SHOWS[model] = show
        return show

    return register


def gone(request: HttpRequest) -> HttpResponse:
    """Answer that what was here has been taken down; not what it was."""
    return render(request, "410.html", status=410)


class Seen(models.Model):
    """Mixed in before Page: asks `visible()` before drawing, as every other surface does."""

    changes_by_the_minute: ClassVar[bool] = False
    """Whether a page says what is true at this minute alone, as `open now`; browsers cannot keep such a page."""

    path: str  # of Page

    class Meta:
        abstract = True

    @classmethod
    def served(cls) -> models.QuerySet[Any]:
        """Return the rows to draw pages from; a kind with pictures fetches them along."""
        return cls._default_manager.all()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draw the page, or answer 404 where this reader may not see it, 410 where it was taken down."""
        if not is_visible(self, request):
            if is_taken_down(self):
                return gone(request)
            raise Http404
        return super().serve(request, *args, **kwargs)  # type: ignore[misc]  # Page's, before which this is mixed in

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what is shown on such a page, from what is general to what is its own."""
        own = super().get_context(request, *args, **kwargs)  # type: ignore[misc]  # Page's, as above
        context = {**own, **kwargs}
        for model in reversed(type(self).__mro__):
            if show := SHOWS.get(model):
                context |= show(self, request, context)
        return context

    def get_view_restrictions(self) -> models.QuerySet[Any]:
        """Return the restrictions on this page or above it, as Wagtail does; it orders and filters them further.

        Where routing has read what is closed for this request (`known_closed`) and this page is not, nothing is read again.
        """
        known = getattr(self, "known_closed", None)
        if known is not None and not any(self.path.startswith(one.path) for one in known):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()  # type: ignore[misc]  # Page's, as above
