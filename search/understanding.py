"""What a query means: a name of something brings its other names, a librarian's choice comes first, pinyin is heard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q

from search.headings import called
from search.models import Heading, Promotion
from search.query import Alias, Query
from search.sounds import heard, plain, sound, spoken

SHORTEST = 2
"""Characters of a name that a query can mean: one alone stands in too many words."""
MOST_MEANINGS = 12
LOOKED_AT = 400
"""Headings that are listened to for a part that sounds like the query."""
MOST_HEARD = 12


@dataclass(frozen=True)
class Meaning:
    """Something that words of the query are a name of, with all it is called; `heard` when only the sound is the same."""

    typed: str
    holding: int
    kind: str
    names: tuple[str, ...]
    heard: bool = False


@dataclass(frozen=True)
class Understanding:
    """The query as it is searched; what was taken for a name; and, where a name is of several things, all of them to choose from."""

    query: Query
    meanings: tuple[Meaning, ...] = ()
    choices: tuple[Meaning, ...] = ()


def understand(query: Query, *, chosen: int | None = None) -> Understanding:
    """Widen a query by the names of what it means. `chosen` is the id of the one meant where there are several.

    In exact mode, and inside quotes, words are only what they are. Two queries to the database.
    """
    words = _words(query)
    first = _promoted(query)
    if not words or query.exact:
        return Understanding(replace(query, first=first))
    meanings = [m for m in _meanings(words) if m.holding not in query.exclude]
    by_word: dict[str, list[Meaning]] = {}
    for meaning in meanings:
        by_word.setdefault(meaning.typed, []).append(meaning)
    taken: list[Meaning] = []
    choices: list[Meaning] = []
    # The whole query is a name sooner than its parts are.
    for word in words[:1] if words[0] in by_word else words:
        found = by_word.get(word, [])
        if one := next((m for m in found if m.holding == chosen), found[0] if len(found) == 1 else None):
            taken.append(one)
        elif found:
            choices += found[:MOST_MEANINGS]
        first += tuple(m.holding for m in found if word == words[0])
    aliases = tuple(Alias(m.typed, m.names) for m in taken)
    if taken and not choices and chosen is not None:
        choices = by_word.get(taken[0].typed, []) if len(by_word.get(taken[0].typed, [])) > 1 else []
        first = (*_promoted(query), taken[0].holding)
    return Understanding(
        replace(query, aliases=aliases, first=tuple(dict.fromkeys(first))), tuple(taken), tuple(choices)
    )


def hear(query: Query) -> Understanding | None:
    """Widen a query that may be pinyin, all or part, by what sounds so in titles and names; None when nothing does."""
    typed = query.text
    if query.exact or not spoken(typed) or not query.phrases:
        return None
    said = sound(typed)
    candidates = Heading.objects.filter(Q(sound__contains=said) | Q(initials__contains=plain(typed)))
    texts = candidates.order_by("-authority", "id").values_list("text", flat=True)[:LOOKED_AT]
    parts = dict.fromkeys(part for text in texts if (part := heard(typed, text)))
    if not parts:
        return None
    words = tuple(parts)[:MOST_HEARD]
    return Understanding(replace(query, aliases=(Alias(typed, words),)), (Meaning(typed, 0, "", words, heard=True),))


def _words(query: Query) -> list[str]:
    """What may be a name: the whole query, then each of its words that is not quoted."""
    if not query.phrases or any(phrase.exact for phrase in query.phrases):
        return []
    words = [query.text, *(phrase.typed for phrase in query.phrases)]
    return [word for word in dict.fromkeys(words) if len(plain(word)) >= SHORTEST]


def _promoted(query: Query) -> tuple[int, ...]:
    form = plain(query.text)
    return tuple(Promotion.objects.filter(plain=form).order_by("id").values_list("holding", flat=True)) if form else ()


def _meanings(words: Iterable[str]) -> list[Meaning]:
    """What each word is a name of: in characters if there is such a name, else in sound."""
    condition = Q(pk=None)
    for word in words:
        condition |= called(word)
    holdings = Heading.objects.filter(condition, authority=True).values("holding")
    headings = Heading.objects.filter(holding__in=holdings, authority=True)
    by_holding: dict[int, list[Heading]] = {}
    for heading in headings.order_by("holding", "id"):
        by_holding.setdefault(heading.holding, []).append(heading)
    return [meaning for word in words for meaning in _of(word, by_holding)]


def _of(word: str, by_holding: dict[int, list[Heading]]) -> list[Meaning]:
    form, said = plain(word), sound(word)

    def having(field: str, value: str, *, heard: bool) -> list[Meaning]:
        return [
            Meaning(word, holding, rows[0].kind, tuple(row.text for row in rows if len(row.plain) >= SHORTEST), heard)
            for holding, rows in by_holding.items()
            if any(getattr(row, field) == value for row in rows)
        ]

    if found := having("plain", form, heard=False):
        return found
    if not spoken(word):
        return []
    return having("sound", said, heard=True) or having("initials", form, heard=True)
