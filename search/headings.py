"""Titles and names as they can be typed: kept with the records, looked up for queries and suggestions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from search.document import Document
from search.hits import Suggestion
from search.models import Heading
from search.query import Query
from search.sounds import initials, plain, spoken, spoken_ways, typed_sound

STEP = 500
LOOKED_AT = 60
"""Headings that are read to suggest a few: several may be of one holding."""
MOST_SEEN = 600
"""Headings that are read to find one that sounds or looks like a query."""
FEWEST_INITIALS = 3
"""Letters that can stand for the first letters of a name; fewer would be half the library."""

KEPT = ("text", "kind", "authority", "plain", "sound", "initials")
"""What tells one heading from another."""


def _headings(document: Document) -> Iterator[Heading]:
    texts = dict.fromkeys(filter(None, (document.title, document.title_en, *document.names)))
    for text in texts:
        # One for each way of reading it, so that 单士厘 is found as danshili and as shanshili.
        for syllables in spoken_ways(text):
            yield Heading(
                holding=document.id,
                kind=document.kind,
                authority=document.authority,
                text=text[:255],
                plain=plain(text),
                sound="".join(syllables),
                initials=initials(syllables, text),
            )


def made(documents: list[Document]) -> dict[int, list[Heading]]:
    """Return the headings of each, not yet saved: how they sound is looked up here, before anything is locked."""
    return {document.id: list(_headings(document)) for document in documents}


Called = list[tuple[object, ...]]
"""How a holding is called, in order: a row of KEPT for each way of reading each text."""


def keep(made: dict[int, list[Heading]]) -> None:
    """Write down how these are called; those that are called as before are left alone."""
    before = kept(made)
    changed = [number for number, rows in made.items() if _called(rows) != before.get(number, [])]
    drop(number for number in changed if number in before)
    Heading.objects.bulk_create([row for number in changed for row in made[number]], STEP)


def kept(ids: Iterable[int] | None = None) -> dict[int, Called]:
    """Return how these are called, or all where none are named, as it was written down."""
    found: dict[int, Called] = {}
    rows = Heading.objects.order_by("id") if ids is None else Heading.objects.filter(holding__in=list(ids))
    for holding, *row in rows.values_list("holding", *KEPT):
        found.setdefault(holding, []).append(tuple(row))
    return found


def wanted(document: Document) -> Called:
    """Return how a document is called as it should be written down."""
    return _called(_headings(document))


def _called(rows: Iterable[Heading]) -> Called:
    return [tuple(getattr(row, name) for name in KEPT) for row in rows]


def drop(ids: Iterable[int]) -> None:
    """Forget how these are called."""
    ids = list(ids)
    if ids:
        Heading.objects.filter(holding__in=ids).delete()


def called(typed: str) -> Q:
    """The condition that a heading is just what was typed, in characters, in sound, or in initials."""
    form = plain(typed)
    condition = Q(plain=form)
    if spoken(typed):
        condition |= Q(sound=typed_sound(typed))
        if len(form) >= FEWEST_INITIALS:
            condition |= Q(initials=form)
    return condition


def seen(headings: QuerySet[Heading], query: Query) -> list[str]:
    """The texts of those headings whose holdings the reader may know of, authorities first; at most MOST_SEEN."""
    rows = headings.order_by("-authority", "id").values_list("holding", "text")[:MOST_SEEN]
    return list(dict.fromkeys(text for holding, text in rows if holding not in query.exclude))


def beginning(typed: str) -> QuerySet[Heading]:
    """Headings that begin with what was typed, then those that sound so, then those that have it in them; short ones first."""
    form = plain(typed)
    ranks = [When(plain__startswith=form, then=Value(0))]
    condition = Q(plain__contains=form)
    if spoken(typed):
        said = typed_sound(typed)
        condition |= Q(sound__startswith=said) | Q(initials__startswith=form)
        ranks.append(When(sound__startswith=said, then=Value(1)))
    ranked = Heading.objects.filter(condition).annotate(
        rank=Case(*ranks, default=Value(2), output_field=IntegerField()), length=Length("plain")
    )
    return ranked.order_by("rank", "-authority", "length", "id")


def suggest(typed: str, *, exclude: frozenset[int] = frozenset(), limit: int = 8) -> list[Suggestion]:
    """Titles and names for what was typed so far, each holding once."""
    if not plain(typed):
        return []
    found: dict[int, Suggestion] = {}
    for holding, kind, text in beginning(typed[:64]).values_list("holding", "kind", "text")[:LOOKED_AT]:
        if holding not in exclude:
            found.setdefault(holding, Suggestion(holding, kind, text))
    return list(found.values())[:limit]
