"""Pages that answer only those who may see them."""

from django.db import models
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse


class Seen(models.Model):
    """Mixed in before Page: asks `visible()` before drawing, as every other surface does."""

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> TemplateResponse:
        """Draw the page, or answer 404 where this reader may not see it."""
        from cms.visibility import is_visible

        if not is_visible(self, request):
            raise Http404
        return super().serve(request, *args, **kwargs)
