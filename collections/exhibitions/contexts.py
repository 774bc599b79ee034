"""What the pages of the site show of exhibitions."""

from django.http import HttpRequest

from cms.pages.home import on_front
from cms.visibility import visible
from exhibitions.models import Exhibition


@on_front("exhibitions/parts/travelling.html")
def travelling(request: HttpRequest) -> Exhibition | None:
    """Return the newest exhibition that is on the road, where there is one."""
    rows = visible(Exhibition.objects.filter(legs__isnull=False).distinct(), request)
    return rows.prefetch_related("legs").order_by("-date_earliest", "pk").first()
