"""Template tags of books in EPUB."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from picturebooks.epub.tracks import Track, clock
from picturebooks.pinyin import Pair
from picturebooks.setting import Group, Paragraph

register = template.Library()


@register.filter
def set_in_xhtml(paragraph: Paragraph) -> SafeString:
    """Return a paragraph as XHTML; what may not be parted at the end of a line stays together."""
    if not paragraph.has_pinyin:
        return format_html("{}", paragraph.plain)
    return format_html_join("", "{}", ((group_of(group),) for group in paragraph.groups))


def group_of(group: Group) -> SafeString:
    """Return one group."""
    inner = format_html_join("", "{}", ((piece(pair),) for pair in group))
    return format_html('<span class="k">{}</span>', inner) if len(group) > 1 else inner


def piece(pair: Pair) -> SafeString:
    """Return one piece of the text with its syllable over it."""
    base, over = pair
    return format_html("<ruby>{}<rt>{}</rt></ruby>", base, over) if over else format_html("{}", base)


@register.filter
def duration(tracks: tuple[Track, ...]) -> str:
    """Return how long recordings last together, as SMIL writes it."""
    return clock(sum(track.lasts for track in tracks))
