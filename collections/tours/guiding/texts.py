"""What a thing itself has to tell where no story is told of it: the text of an entry, the pages of a book."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from cms.catalogue.bilingual import CHINESE, ENGLISH, in_english
from cms.catalogue.prose import TextPart
from cms.indexing.source import with_parts
from cms.models import Holding
from cms.models.kinds import kind_of

MOST = {"print": 1_200}
"""Characters of Chinese for a use; a page of A4 with a picture holds that. English needs twice as many for the same."""
MOST_ON_A_SCREEN = 6_000
ENDS = "。！？；.!?;"


@dataclass(frozen=True)
class OwnText:
    """Paragraphs in one language; `foreign` when the other was asked for, `whole_at` where the rest stands, if any is left out."""

    paragraphs: tuple[str, ...] = ()
    lang: str = ""
    foreign: bool = False
    whole_at: str = ""


def own_texts(holdings: Iterable[Holding], use: str) -> dict[int, OwnText]:
    """Return what each of some visible holdings has to tell, by its id, in the active language; few queries for many."""
    by_kind: dict[type[Holding], list[int]] = {}
    for holding in holdings:
        by_kind.setdefault(kind_of(holding), []).append(holding.pk)
    full = [one for kind, ids in by_kind.items() for one in with_parts(kind.objects.filter(pk__in=ids))]
    return {holding.pk: own_text(holding, use) for holding in full}


def own_text(holding: Holding, use: str) -> OwnText:
    """Return what one holding has to tell, cut to what there is room for."""
    chinese, english = paragraphs(holding.text_parts()), paragraphs(holding.text_parts_en())
    wish = in_english()
    in_one = bool(english) if wish else not chinese
    said = english if in_one else chinese
    most = MOST.get(use, MOST_ON_A_SCREEN) * (2 if in_one else 1)
    kept = cut(said, most)
    address = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("permanent", args=[holding.uid])
    whole_at = "" if kept == said else address
    return OwnText(tuple(kept), ENGLISH if in_one else CHINESE, bool(said) and in_one != wish, whole_at)


def paragraphs(parts: Iterable[TextPart]) -> list[str]:
    """Return those parts that are running text: what has a place of its own on the page. Others are fields, shown elsewhere."""
    return [part.text.strip() for part in parts if part.anchor and part.text.strip()]


def cut(texts: list[str], most: int) -> list[str]:
    """Return the paragraphs up to `most` characters; the last ends with a sentence where it can, and else in dots."""
    kept: list[str] = []
    for text in texts:
        if len(text) > most:
            head = text[:most]
            end = max(head.rfind(sign) for sign in ENDS) + 1
            short = head[:end] if end > most // 2 else f"{head.rstrip()}……"
            return [*kept, short] if most > 0 else kept
        kept.append(text)
        most -= len(text)
    return kept
