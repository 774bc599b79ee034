"""Template tags for what a page says to machines: its addresses, what it is, and what a chat shows of it."""

import json
from typing import Any

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from cms.catalogue.bilingual import ENGLISH, in_english, say
from cms.models import Holding
from cms.pages.absolute_urls import absolute
from cms.pages.language import both_addresses
from cms.pages.pagination import page_number
from media.models import Image
from media.renditions import ready

register = template.Library()
SHARED = 300
"""Characters of a summary that a chat may show."""


@register.inclusion_tag("cms/parts/addresses.html", takes_context=True)
def addresses(context: template.Context) -> dict[str, Any]:
    """Say under which address a page is known, and where it stands in each language."""
    request: HttpRequest = context["request"]
    number = page_number(request.GET.get("page", ""))
    query = f"?page={number}" if number > 1 else ""
    alternates = {name: absolute(path + query) for name, path in both_addresses(request.path).items()}
    canonical = absolute(request.path + query)
    return {"canonical": canonical, "alternates": {**alternates, "x-default": alternates["zh-Hans"]}}


@register.inclusion_tag("cms/parts/open_graph.html", takes_context=True)
def open_graph(context: template.Context) -> dict[str, Any]:
    """Say what a link to a page looks like in a chat; a page without a picture has the library's own."""
    page, site = context.get("page"), _("徐汇区方志数字图书馆")
    summary = next((text for field in ("summary", "intro") if (text := say(page, field).text)), "")
    return {
        "title": say(page, "title").text if page else site,
        "site": context["site_title"],
        "description": " ".join(summary.split())[:SHARED],
        "url": absolute(context["request"].path),
        "kind": "article" if isinstance(page, Holding) else "website",
        "locale": "en" if in_english() else "zh_CN",
        **picture_of(getattr(page, "cover", None)),
    }


@register.simple_tag
def structured_data(page: Holding) -> str:
    """Say what a holding is in the words of schema.org, as JSON-LD that search engines read; nothing of one that is not kept yet."""
    if not page.uid:
        return ""
    said = say(page, "title")
    other = page.title_en if said.lang != ENGLISH else page.title
    facts = {
        "@context": "https://schema.org",
        "@type": page.schema_type,
        "@id": absolute(reverse("permanent", args=[page.uid])),
        "url": absolute(page.get_url()),
        "identifier": page.uid,
        "name": said.text,
        "alternateName": other,
        "description": " ".join(say(page, "summary").text.split())[:SHARED],
        "image": picture_of(page.cover)["image"] if page.cover else "",
        "inLanguage": said.lang,
        "license": page.rights_uri,
        **page.jsonld(),
    }
    data = json.dumps({name: fact for name, fact in facts.items() if fact}, ensure_ascii=False)
    # Inside a script element nothing may end it, nor begin a comment; json_script escapes the same.
    safe = data.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
    return mark_safe(f'<script type="application/ld+json">{safe}</script>')  # noqa: S308 (escaped in the line above)


def picture_of(cover: Image | None) -> dict[str, Any]:
    """Return address, size and words of the largest size of a cover, or of the library's own picture."""
    made = ready(cover) if cover else {}
    if cover is None or not made:
        return {"image": absolute(static("cms/share.png")), "width": 1200, "height": 630, "alt": _("志汇")}
    largest = made[max(made)]
    alt = say(cover, "alt").text or cover.title
    return {"image": absolute(largest.url), "width": largest.width, "height": largest.height, "alt": alt}
