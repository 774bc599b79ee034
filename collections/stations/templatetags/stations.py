"""Template tags of stations: the shelf and its map, and opening in words."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.catalogue.bilingual import in_english
from cms.catalogue.districts import SUBDISTRICTS
from stations import map as drawing
from stations.flags import flags
from stations.listing import Corners
from stations.opening import words
from stations.opening.schedule import Day

register = template.Library()


@register.simple_tag(takes_context=True)
def corners(context: template.Context) -> Corners:
    """Return the list of corners that the address asks for, the same for every part of the page."""
    request: HttpRequest = context["request"]
    kept: dict[str, Any] = vars(request)
    return kept.setdefault("_listed_corners", Corners(request))


@register.inclusion_tag("stations/parts/map.html")
def station_map(listed: Corners) -> dict[str, Any]:
    """Draw the map: the areas, then their names, then a flag with its number for each corner."""
    return {
        "areas": drawing.AREAS,
        "names": place_names(),
        "flags": list(flags(listed)),
        "view_box": drawing.VIEW_BOX,
        "river": drawing.RIVER,
        "ripple": drawing.RIPPLE,
    }


def place_names() -> list[tuple[str, int, int]]:
    """Return the names of the areas as the map has room for them, each with its place."""
    full = {key: str(name) for key, name in SUBDISTRICTS}
    return [(short(full[area.key]), area.x, area.y - 2) for area in drawing.AREAS]


def short(name: str) -> str:
    """Return a sub-district's name without what all of them are."""
    if in_english():
        return name.removesuffix(" Road").removesuffix(" New Village")
    return name.removesuffix("街道")


@register.filter
def day_words(day: Day) -> str:
    """Return the hours of a day as they are promised."""
    return words.today_words(day)


@register.filter
def weekday(day: Day) -> str:
    """Return the day of the week."""
    return words.day_names()[day.day.weekday()]


@register.filter
def date_words(day: Day) -> str:
    """Return `6 月 12 日` or `12 June`."""
    return words.date_words(day.day)


@register.filter
def run_words(days: Sequence[Day]) -> str:
    """Return a run of days by its ends."""
    return words.dates_words(days[0].day, days[-1].day)


@register.filter
def holiday_words(days: Sequence[Day]) -> str:
    """Return what holiday a run of days is; nothing for none."""
    return words.holiday_words(days[0]) or _("闭馆日")


@register.filter
def steps(text: str) -> list[str]:
    """Return the lines of a text."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def day_spans(day: Day) -> list[tuple[str, str]]:
    """Return the spans of a day as pairs of words, from and to; one word with nothing to follow where it is no span."""
    if day.spans and day.sure:
        return [(first, last) for first, _dash, last in (words.span_words(span).partition("–") for span in day.spans)]
    return [(words.today_words(day), "")]


@register.filter
def holiday_name(day: Day) -> str:
    """Return what holiday a day belongs to."""
    return words.holiday_words(day)


@register.filter
def dialled(phone: str) -> str:
    """Return the number that a telephone dials: `021-0000 0000` without its signs."""
    return "".join(sign for sign in phone.split("转")[0] if sign in "+0123456789")
