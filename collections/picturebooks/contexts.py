"""What a picture book's page shows: its cover, its spreads, and what to do when it is read."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.catalogue.bilingual import say
from cms.models import Holding
from cms.models.visible_page import shown_on
from cms.pages.related import Surroundings
from media.models import Image, Sound
from picturebooks.aloud.recordings import FIELDS, recitals
from picturebooks.faces import face_of
from picturebooks.models import Book, Spread

THINGS, NEXT = 3, 3
"""How many things to do, and to read, come after a book."""


@shown_on(Book)
def book(page: Book, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return the spreads with their pictures, in two queries for any number, and what stands before and after them."""
    spreads = list(page.spreads.all().select_related("image", "sound_zh", "sound_en"))
    if not spreads:
        return {"spreads": []}
    pictured = [spread for spread in spreads if spread.image_id]
    prefetch_related_objects(pictured, "image__renditions")
    read = recitals(with_own_sounds(page), spreads)
    return {
        "spreads": spreads,
        "read_aloud": read,
        "cover": cover(page, pictured),
        "face": face_of(page, spreads),
        "reading_facts": reading_facts(page, len(spreads)),
        "after_reading": after_reading(page),
        "read_next": read_next(context["around"]),
        # What other kinds have to say of it, as where it can be borrowed, stands at the end of the book, and there alone.
        "from_other_kinds": context.get("brought", ()),
        "brought": (),
    }


def with_own_sounds(page: Book) -> Book:
    """Return a book with its recordings of the whole at hand, in one query where it has any."""
    wanted = {getattr(page, f"{name}_id") for name in FIELDS.values()} - {None}
    found = Sound.objects.in_bulk(wanted) if wanted else {}
    for name in FIELDS.values():
        setattr(page, name, found.get(getattr(page, f"{name}_id")))
    return page


def cover(page: Book, pictured: list[Spread]) -> Image | None:
    """Return the picture of the cover: its own, else that of the first spread that has one."""
    if page.cover_id:
        # Most often it is that of a spread, too, which was fetched with its sizes.
        return next((spread.image for spread in pictured if spread.image_id == page.cover_id), None) or page.cover
    return pictured[0].image if pictured else None


def reading_facts(page: Book, count: int) -> list[str]:
    """Return for whom a book is and how long it takes, what is known of it."""
    spreads = ngettext("%(n)s 幅", "%(n)s 幅", count) % {"n": count}
    minutes = ngettext("约 %(n)s 分钟", "约 %(n)s 分钟", page.minutes or 0) % {"n": page.minutes}
    level = str(page.get_reading_level_display())
    return [fact for fact in (str(page.ages), level, spreads, minutes if page.minutes else "") if fact]


def after_reading(page: Book) -> list[tuple[str, str]]:
    """Return what to do with a child when the book is read, each with its name and how."""
    written = [line.strip() for line in say(page, "after_reading").text.splitlines() if line.strip()]
    return [parted(line) for line in written[:THINGS]] or [
        (_("讲一讲"), _("合上书，用自己的话把它讲一遍。")),
        (_("画一画"), _("画出最喜欢的一幅。")),
        (_("找一找"), _("书里的地方和东西，身边有吗？")),
    ]


def parted(line: str) -> tuple[str, str]:
    """Part a line at its colon."""
    at = min((place for place in map(line.find, "：:") if place > 0), default=len(line))
    return line[:at].strip(), line[at + 1 :].strip()


def read_next(around: Surroundings) -> list[Holding]:
    """Return what is told elsewhere of what the book tells, and the next book on the shelf."""
    others = [tie.holding for tie in around.ties]
    return [*others[: NEXT - 1], *filter(None, [around.next or around.previous])][:NEXT]
