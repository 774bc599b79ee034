"""Answering from the headings alone while the engine cannot: titles and names, no text, no facets."""

from __future__ import annotations

from django.db import DatabaseError
from django.db.models import Min, Q
from django.db.models.functions import Length

from search.hits import Hits
from search.models import Heading
from search.query import Query
from search.sounds import plain

MOST = 200
"""Holdings that are listed; more would be slow just when the machine is in trouble."""


def search(query: Query) -> Hits:
    """The holdings of which one title or name has every word, by whatever name; those put first come first."""
    ids = [identity for identity in _found(query) if identity not in query.exclude]
    pages = max(1, -(-len(ids) // query.size))
    page = min(query.page, pages)
    start = (page - 1) * query.size
    return Hits(tuple(ids[start : start + query.size]), len(ids), page=page, pages=pages, degraded=True)


def _found(query: Query) -> list[int]:
    rows = Heading.objects.all()
    for group in query.groups:
        having = Q(pk=None)
        for form in filter(None, (plain(phrase.typed) for phrase in group)):
            having |= Q(plain__contains=form)
        rows = rows.filter(having)
    if not query.groups:
        return []
    if query.kinds:
        rows = rows.filter(kind__in=query.kinds)
    try:
        ranked = rows.values("holding").annotate(shortest=Min(Length("plain"))).order_by("shortest", "holding")
        found = [row["holding"] for row in ranked[:MOST]]
    except DatabaseError:
        return list(query.first)
    return list(dict.fromkeys([*query.first, *found]))
