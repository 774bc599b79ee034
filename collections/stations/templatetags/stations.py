"""Template tags of stations: the schematic map, and hours in words."""

from typing import Any, Protocol

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from stations import map as drawing
from stations.hours import Rule, open_at, parse_hours
from stations.models import Station

register = template.Library()


def day_names() -> list[str]:
    """Return the weekdays from Monday in the reader's language."""
    return [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]


def days_text(days: tuple[int, ...]) -> str:
    """Return `周一至周五` or `周六、周日`."""
    names = day_names()
    if len(days) > 2 and days == tuple(range(days[0], days[-1] + 1)):
        return _("%(first)s至%(last)s") % {"first": names[days[0]], "last": names[days[-1]]}
    return pgettext("days", "、").join(names[d] for d in days)


def times_text(rule: Rule) -> str:
    """Return `9:00–18:00`, or that it is closed."""
    spans = [f"{start:%H:%M}–{end:%H:%M}" for start, end in rule.times]
    return ", ".join(spans) or _("闭门")


@register.filter
def hours(station: Station) -> list[tuple[str, str]]:
    """Return the opening hours as rows of days and times."""
    return [(days_text(rule.days), times_text(rule)) for rule in parse_hours(station.opening_hours)]


@register.filter
def is_open(station: Station) -> bool:
    """Tell whether the station is open at this moment."""
    return not station.closed and open_at(parse_hours(station.opening_hours), timezone.localtime())


class Choice(Protocol):
    """What the map asks of a choice in the listing: which sub-district it takes."""

    @property
    def key(self) -> str: ...


@register.inclusion_tag("stations/parts/map.html")
def station_map(choices: list[Choice]) -> dict[str, Any]:
    """Draw the map; each sub-district with stations links to them and shows how many there are."""
    by_key = {c.key: c for c in choices}
    areas = [(area, by_key.get(area.key)) for area in drawing.AREAS]
    return {"areas": areas, "view_box": drawing.VIEW_BOX, "river": drawing.RIVER, "ripple": drawing.RIPPLE}
