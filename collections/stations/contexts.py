"""What a station's page shows: the copies that stand there."""

from typing import Any

from django.http import HttpRequest

from cms.models import Holding
from cms.models.visible_page import shown_on
from cms.visibility import visible
from stations.models import Station


@shown_on(Station)
def station(page: Station, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return the copies of works that this visitor may see."""
    copies = list(page.copies.all())
    works = visible(Holding.objects.filter(pk__in={copy.work_id for copy in copies}), request).in_bulk()
    seen = [copy for copy in copies if copy.work_id in works]
    for copy in seen:
        copy.work = works[copy.work_id]
    return {"copies": seen}
