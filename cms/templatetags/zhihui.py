"""Template tags of the library: a text in the reader's language, pictures, prose, tags of kinds."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db.models import Model
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cms.catalogue.bilingual import ENGLISH, Said, in_english
from cms.catalogue.bilingual import say as said
from cms.catalogue.prose import Block
from cms.catalogue.script import RUN, written
from cms.models import Holding
from cms.models.kinds import kind_of
from cms.pages.context_processors import Step
from cms.pages.highlighting import Found
from cms.pages.style_sheets import linked, spare
from media.models import Image
from media.renditions import ready

register = template.Library()
UPRIGHT, BRIEF, FEW = 8, 5, 12
"""Characters of the longest title that stands upright on a desk, of the longest that does on a phone too, and of too few words to stand beside it there."""


@register.filter
def say(thing: Model | None, field: str) -> str | SafeString:
    """`{{ holding|say:"title" }}`: in the reader's language; in the other one it says which, by `lang`."""
    text = said(thing, field)
    if text.fallback:
        return format_html('<span lang="{}">{}</span>', tag_of(text), text.text)
    return han(text.text, text.lang == ENGLISH)


@register.filter
def han(text: str, english: bool) -> str | SafeString:
    """Mark the Chinese in an English text as what it is: a screen reader reads it, and it is set in a Chinese face."""
    if not english or not RUN.search(text):
        return text
    ends = [0, *(end for found in RUN.finditer(text) for end in found.span()), len(text)]
    parts = [text[start:end] for start, end in pairwise(ends)]
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<span lang="{}">{}</span>', written(part), part) if n % 2 else part,)
            for n, part in enumerate(parts)
        ),
    )


def tag_of(text: Said) -> str:
    """Return the language tag of a text, with its script where it is Chinese."""
    return text.lang if text.lang == ENGLISH else written(text.text)


@register.filter
def said_as(thing: Model | None, field: str) -> Said:
    """Return the text with its language, for a template that marks what is not yet translated."""
    return said(thing, field)


@register.filter
def plain_say(thing: Model | None, field: str) -> str:
    """Return the text alone, for titles and attributes, which can carry no `lang`."""
    return said(thing, field).text


@register.simple_tag(takes_context=True)
def say_marked(context: template.Context, thing: Model | None, field: str) -> SafeString:
    """Say a field as `say` does, with the words marked that led the reader here."""
    text = said(thing, field)
    pieces = (
        (format_html("<mark>{}</mark>", run) if marked else han(run, text.lang == ENGLISH),)
        for run, marked in context["around"].found.runs(text.text)
    )
    shown = format_html_join("", "{}", pieces)
    return format_html('<span lang="{}">{}</span>', tag_of(text), shown) if text.fallback else shown


@register.filter
def runs(text: str, found: Found) -> SafeString:
    """Return a text with the words marked that led the reader here."""
    pieces = ((format_html("<mark>{}</mark>", run) if marked else run,) for run, marked in found.runs(text))
    return format_html_join("", "{}", pieces)


@register.filter
def kind(holding: Holding) -> type[Holding]:
    """Return the kind of a holding, with its `glyph`, `tone` and name."""
    return kind_of(holding)


@register.filter
def kind_name(kind_class: type[Holding]) -> str:
    """Return what one of a kind is called."""
    return str(kind_class._meta.verbose_name)


@register.filter
def kinds_name(kind_class: type[Holding]) -> str:
    """Return what several of a kind are called, as a heading over them."""
    return str(kind_class._meta.verbose_name_plural)


@register.filter
def door(doors: dict[str, Step], kind_class: type[Holding]) -> Step | None:
    """Return the shelf on which a kind stands, where this reader may see it; a kind without one has no door."""
    return doors.get(kind_class.shelf.slug) if kind_class.shelf and doors else None


@register.simple_tag(takes_context=True)
def style_sheet(context: template.Context, name: str) -> SafeString:
    """Link to a style sheet, joined with all that it imports; where none are joined (`make dev`), to each of them."""
    spares = bool(context.get("save_data"))
    joins = getattr(staticfiles_storage, "joins", False)
    names = [spare(name) if spares else name] if joins else linked(name, spares)
    return format_html_join("\n  ", '<link rel="stylesheet" href="{}">', ((static(one),) for one in names))


@register.filter
def html_year(year: str) -> str:
    """Return a year as `<time datetime>` wants it, `0977`; empty for what HTML has no words for: `前222`, `191X`."""
    return f"{int(year):04d}" if year.isascii() and year.isdecimal() and int(year) else ""


@register.filter
def title_shape(holding: Holding) -> str:
    """Return how a title stands in its frame: `level` in letters or when long, else `tall` or `brief`; `apart` without words beside it."""
    title = said(holding, "title")
    if in_english() or title.lang == ENGLISH or len(title.text) > UPRIGHT:
        return "level"
    if len(title.text) > BRIEF:
        return "tall"
    beside = len(holding.summary) >= FEW and not holding.cover
    return "brief" if beside else "brief apart"


@register.inclusion_tag("cms/parts/picture.html")
def picture(image: Image | None, sizes: str = "100vw", eager: bool = False, decorative: bool = False) -> dict[str, Any]:
    """Show a picture from the sizes that were made of it; until then a sheet of its shape that says so."""
    made = ready(image) if image else {}
    largest = made[max(made)] if made else None
    return {
        "image": image,
        "largest": largest,
        "sources": [(r.url, r.width) for _width, r in sorted(made.items())],
        "sizes": sizes,
        "eager": eager,
        "alt": "" if decorative or not image else said(image, "alt").text or image.title,
    }


@register.filter
def count_of(counts: dict[str, int], step: Step) -> int:
    """Return how many holdings stand on the shelf to which a step leads."""
    return counts.get(step.slug, 0)


@cache
def drawn(name: str) -> str:
    """Return what is inside one of the site's own drawings; its colours are those of the page's style sheet."""
    found = finders.find(f"cms/svg/{name}.svg")
    whole = Path(str(found)).read_text("utf-8")
    return re.sub(r"<style>.*?</style>|^<svg[^>]*>|</svg>\s*$", "", whole, flags=re.DOTALL)


@register.simple_tag
def drawing(name: str, label: str) -> SafeString:
    """Draw one of the site's own drawings in the page, so that it is dark where the page is."""
    inside = mark_safe(drawn(name))  # noqa: S308 (a file of ours)
    return format_html('<svg viewBox="{}" role="img" aria-label="{}">{}</svg>', frame_of(name), label, inside)


@cache
def frame_of(name: str) -> str:
    """Return the part of its plane that a drawing shows, as SVG writes it."""
    whole = Path(str(finders.find(f"cms/svg/{name}.svg"))).read_text("utf-8")
    found = re.search(r'viewBox="([^"]*)"', whole)
    return found[1] if found else ""


@register.inclusion_tag("cms/parts/prose.html", takes_context=True)
def prose(context: template.Context, blocks: list[Block], anchors: bool = True) -> dict[str, Any]:
    """Show running text; with anchors each paragraph has its permanent link."""
    return {"blocks": blocks, "anchors": anchors, "request": context.get("request")}


@register.simple_tag(takes_context=True)
def permanent_link(context: template.Context, holding: Holding) -> str:
    """Return the holding's permanent address, with the host; on an English page the one that leads to the English page.

    The preview of a new one has no number yet, and shows the address at which it stands.
    """
    request: HttpRequest = context["request"]
    return request.build_absolute_uri(reverse("permanent", args=[holding.uid]) if holding.uid else None)
