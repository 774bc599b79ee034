"""Template tags of picture books."""

from django import template

from picturebooks.models import Spread
from picturebooks.reading import ruby

register = template.Library()


@register.filter
def readings(spread: Spread) -> list[tuple[str, str]]:
    """Return the spread's Chinese with its pinyin, character by character."""
    return ruby(spread.text, spread.pinyin)
