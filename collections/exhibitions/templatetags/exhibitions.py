"""Template tags of exhibitions: days in words, and numbers of rooms as one counts reels."""

from datetime import date

from django import template

from cms.pages.numerals import in_words as numeral
from exhibitions import dates
from media.models import Image, Rendition
from media.renditions import ready

register = template.Library()


@register.filter
def short_day(day: date) -> str:
    """Return `5.20` or `20 May`."""
    return dates.short(day)


@register.simple_tag
def weekdays(first: date, last: date) -> str:
    """Return the years and weekdays of two days."""
    return dates.weekdays(first, last)


@register.filter
def in_chinese(number: int) -> str:
    """Return a number as Chinese prose writes it."""
    return numeral(number)


@register.simple_tag
def largest(image: Image) -> Rendition | None:
    """Return the largest size of a picture that anybody may see; None until it is made."""
    made = ready(image)
    return made[max(made)] if made else None
