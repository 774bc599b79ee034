"""What the page of a tour says of its packs."""

from typing import Any

from django import template

from tours.guiding.packs.shelf import with_states
from tours.models import Pack, Tour

register = template.Library()
NEWEST = 3


@register.inclusion_tag("tours/packs/strip.html")
def pack_strip(tour: Tour) -> dict[str, Any]:
    """Show the newest packs of a tour and whether they still say what holds."""
    made = Pack.objects.filter(tour=tour, state=Pack.State.READY).select_related("tour__owner")[:NEWEST]
    return {"packs": with_states(list(made))}
