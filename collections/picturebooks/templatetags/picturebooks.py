"""Template tags of picture books."""

from django import template

from cms.pages.highlighting import Found
from picturebooks.models import Spread
from picturebooks.reading import misfit, ruby

register = template.Library()


@register.filter
def readings(spread: Spread, found: Found) -> list[tuple[bool, list[tuple[str, str]]]]:
    """Return the spread's Chinese with its pinyin, piece by piece, in runs that are marked or not.

    A piece of several characters, as 花儿 under huār, stays whole in the run in which it begins.
    """
    pairs, ahead, made = ruby(spread.text, spread.pinyin), 0, []
    for run, marked in found.runs(spread.text):
        length, own = len(run) - ahead, []
        while length > 0 and pairs:
            own.append(pairs.pop(0))
            length -= len(own[-1][0])
        ahead = -length
        made.append((marked, own))
    return made


@register.filter
def apart(spread: Spread) -> str:
    """Return pinyin that does not fit its text, to be shown beside it and over no character."""
    return spread.pinyin if misfit(spread.text, spread.pinyin) else ""
