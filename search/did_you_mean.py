"""Did you mean: words of the library's own titles and names that sound or look like a query that found nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from django.db.models import Q

from search.headings import seen
from search.hits import Hits
from search.models import Heading
from search.query import Query
from search.sounds import heard, plain, typed_sound

MOST = 4
"""Words that are offered."""
MOST_TRIED = 8
"""Words that are looked up to see whether they find anything."""
LIKE_HAN, LIKE_LATIN = 0.5, 0.72
"""How much of the letters must be shared, from 0 to 1."""


@dataclass(frozen=True)
class Nearby:
    """Words that do find something, and how many holdings."""

    text: str
    total: int


def nearby(query: Query, find: Callable[[Query], Hits]) -> Iterator[Nearby]:
    """Yield what else to search for, best first; never words that find nothing. `find` looks a query up."""
    offered = 0
    for text in _tried(query):
        hits = find(replace(query, text=text, exact=False, aliases=(), first=(), page=1, size=1))
        if hits.degraded:
            return
        if hits.total:
            yield Nearby(text, hits.total)
            offered += 1
            if offered == MOST:
                return


def _tried(query: Query) -> list[str]:
    typed = plain(query.text)
    candidates = [] if not 2 <= len(typed) <= 40 else [*_sounding(query), *_looking(query)]
    # Of several words at least one may find something alone.
    parts = [phrase.typed for phrase in query.phrases] if len(query.phrases) > 1 else []
    if query.exact or any(phrase.exact for phrase in query.phrases):
        parts = [query.text.strip('"＂“”'), *parts]
    tried = [*candidates[: MOST_TRIED - min(len(parts), 4)], *parts]
    return list({plain(text): text for text in reversed(tried)}.values())[::-1][:MOST_TRIED]


def _sounding(query: Query) -> list[str]:
    """Parts of titles and names that are read like it: 下飞路 sounds like 霞飞路."""
    said = typed_sound(query.text)
    texts = seen(Heading.objects.filter(sound__contains=said), query)
    found = dict.fromkeys(part for text in texts if (part := heard(said, text)))
    return [part for part in found if part != plain(query.text)]


def _looking(query: Query) -> list[str]:
    """Titles and names that share most of its letters, the likest first."""
    typed = plain(query.text)
    han = any(char >= "\u3400" for char in typed)
    pieces = [first + second for first, second in pairwise(typed)] if han else _trigrams(typed)
    if not pieces:
        return []
    condition = Q(pk=None)
    for piece in pieces[:16]:
        condition |= Q(plain__contains=piece)
    least = LIKE_HAN if han else LIKE_LATIN
    likeness = {
        text: SequenceMatcher(None, typed, plain(text), autojunk=False).ratio()
        for text in seen(Heading.objects.filter(condition), query)
    }
    best = sorted((text for text in likeness if likeness[text] >= least), key=lambda text: (-likeness[text], len(text)))
    return best[:MOST_TRIED]


def _trigrams(letters: str) -> list[str]:
    return list(dict.fromkeys(letters[at : at + 3] for at in range(len(letters) - 2)))
