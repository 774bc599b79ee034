"""Template tags of picture books."""

from itertools import islice

from django import template

from cms.found import Found
from picturebooks.models import Spread
from picturebooks.reading import ruby

register = template.Library()


@register.filter
def readings(spread: Spread, found: Found) -> list[tuple[bool, list[tuple[str, str]]]]:
    """Return the spread's Chinese with its pinyin, character by character, in runs that are marked or not."""
    pairs = iter(ruby(spread.text, spread.pinyin))
    return [(marked, list(islice(pairs, len(run)))) for run, marked in found.runs(spread.text)]
