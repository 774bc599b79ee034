"""Pages that answer only those who may see them."""

from django.db import models
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from wagtail.models import PageViewRestriction


class Seen(models.Model):
    """Mixed in before Page: asks `visible()` before drawing, as every other surface does."""

    class Meta:
        abstract = True

    @classmethod
    def served(cls) -> models.QuerySet:
        """Return the rows to draw pages from; a kind with pictures fetches them along."""
        return cls.objects.all()

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> TemplateResponse:
        """Draw the page, or answer 404 where this reader may not see it."""
        from cms.visibility import is_visible

        if not is_visible(self, request):
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_view_restrictions(self) -> list[PageViewRestriction]:
        """Return the restrictions on this page or above it, which Wagtail asks for before drawing.

        Those that routing has read for this request (`known_restrictions`) are not read again.
        """
        known = getattr(self, "known_restrictions", None)
        if known is None:
            known = PageViewRestriction.objects.select_related("page")
        return [r for r in known if self.path.startswith(r.page.path)]
