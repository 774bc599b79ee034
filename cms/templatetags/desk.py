"""What the admin's pages of confirmation say of things about to be removed."""

from typing import Any

from django import template

from cms.desk import deleting
from cms.desk.referring import Going

register = template.Library()


@register.simple_tag(takes_context=True)
def going(context: dict, items: list[dict]) -> Going:
    """Return what a bulk action is about to remove, looked at once a page."""
    known = context.render_context.setdefault("going", {})
    if "all" not in known:
        known["all"] = Going([one["item"] for one in items])
    return known["all"]


@register.simple_tag(takes_context=True)
def told(context: dict, going: Going) -> dict[str, Any]:
    """Return who refers to it, and what goes with it."""
    return deleting.told(going, context["request"])
