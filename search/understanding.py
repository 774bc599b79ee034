"""What a query means: a name of something brings its other names, a librarian's choice comes first, pinyin is heard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import CharField, Q, Value

from search.headings import called, seen
from search.models import Heading, Promotion
from search.query import Alias, Query
from search.sounds import heard, plain, spoken, typed_sound

SHORTEST = 2
"""Characters of a name that a query can mean: one alone stands in too many words."""
MOST_MEANINGS = 12
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

    In exact mode, and inside quotes, words are only what they are. One query to the database.
    """
    words = _words(query)
    rows = list(_asked(query, words))
    promoted = tuple(row.holding for row in rows if row.promoted)
    meanings = [m for word in words for m in _of(word, rows) if m.holding not in query.exclude]
    # The whole query is a name sooner than its parts are.
    whole = [m for m in meanings if m.typed == words[0]] if words else []
    taken: list[Meaning] = []
    choices: list[Meaning] = []
    for word in words[:1] if whole else words:
        found = [m for m in meanings if m.typed == word]
        one = [m for m in found if m.holding == chosen] or found
        if len(one) == 1:
            taken += one
        if len(found) > 1:
            choices += found[:MOST_MEANINGS]
    first = [m.holding for m in taken if m in whole] or [m.holding for m in whole]
    aliases = tuple(Alias(m.typed, m.names) for m in taken)
    widened = replace(query, aliases=aliases, first=tuple(dict.fromkeys([*promoted, *first])))
    return Understanding(widened, tuple(taken), tuple(choices))


def loosely(query: Query) -> Understanding | None:
    """Widen a query that finds nothing: by titles and names with other marks between their characters, else by pinyin.

    Single characters that were taken for a name spread by spaces are words of their own then.
    """
    if _literal(query):
        return None
    if query.spread:
        return Understanding(replace(query, apart=True))
    form = plain(query.text)
    if len(form) >= SHORTEST and (same := seen(Heading.objects.filter(plain__contains=form), query)):
        return Understanding(replace(query, aliases=(Alias(query.text, tuple(same[:MOST_HEARD])),)))
    return by_sound(query)


def by_sound(query: Query) -> Understanding | None:
    """Take a query for pinyin, all or part, of what sounds so in titles and names; None when nothing does."""
    typed = query.text
    if _literal(query) or not spoken(typed):
        return None
    said = typed_sound(typed)
    candidates = Heading.objects.filter(Q(sound__contains=said) | Q(initials__contains=plain(typed)))
    parts = dict.fromkeys(part for text in seen(candidates, query) if (part := heard(typed, text)))
    if not parts:
        return None
    words = tuple(parts)[:MOST_HEARD]
    return Understanding(replace(query, aliases=(Alias(typed, words),)), (Meaning(typed, 0, "", words, heard=True),))


def _literal(query: Query) -> bool:
    """Whether words are only what they are: in exact mode, inside quotes, and where there are none."""
    return query.exact or not query.phrases or any(phrase.exact for phrase in query.phrases)


def _words(query: Query) -> list[str]:
    """What may be a name: the whole query, then each of its words that is not quoted."""
    if _literal(query):
        return []
    words = [query.text, *(phrase.typed for phrase in query.phrases)]
    return [word for word in dict.fromkeys(words) if len(plain(word)) >= SHORTEST]


@dataclass(frozen=True, slots=True)
class Row:
    """A heading of something that may be meant, or what a librarian put first for these words."""

    promoted: bool
    order: int
    holding: int
    kind: str
    text: str
    plain: str
    sound: str
    initials: str


def _asked(query: Query, words: Iterable[str]) -> Iterator[Row]:
    """All headings of what the words may be a name of, those that others share too, and what is put first for the query."""
    form = plain(query.text)
    if not form:
        return
    condition = Q(pk=None)
    for word in words:
        condition |= called(word)
    meant = Heading.objects.filter(condition, authority=True).values("holding")
    names = Heading.objects.filter(holding__in=meant, authority=True).values("plain")
    nothing = Value("", output_field=CharField())
    headings = (
        Heading.objects.filter(plain__in=names, authority=True)
        .order_by()
        .values_list(Value(0), "id", "holding", "kind", "text", "plain", "sound", "initials")
    )
    promoted = (
        Promotion.objects.filter(plain=form)
        .order_by()
        .values_list(Value(1), "id", "holding", nothing, "words", "plain", nothing, nothing)
    )
    for mark, *values in sorted(headings.union(promoted, all=True)):
        yield Row(bool(mark), *values)


def _of(word: str, rows: list[Row]) -> list[Meaning]:
    """What a word is a name of: in characters if there is such a name, else in sound."""
    form, said = plain(word), typed_sound(word)
    by_holding: dict[int, list[Row]] = {}
    owners: dict[str, set[int]] = {}
    for row in rows:
        if not row.promoted:
            by_holding.setdefault(row.holding, []).append(row)
            owners.setdefault(row.plain, set()).add(row.holding)

    def names(own: list[Row], field: str, value: str) -> tuple[str, ...]:
        """What it is called and nothing else is: 林森路 was three roads, and would bring in the other two."""
        usable = [row for row in own if len(row.plain) >= SHORTEST]
        found = (row.text for row in usable if len(owners[row.plain]) == 1 or getattr(row, field) == value)
        return tuple(dict.fromkeys(found))

    def having(field: str, value: str, *, heard: bool) -> list[Meaning]:
        return [
            Meaning(word, holding, own[0].kind, names(own, field, value), heard)
            for holding, own in by_holding.items()
            if any(getattr(row, field) == value for row in own)
        ]

    if found := having("plain", form, heard=False):
        return found
    if not spoken(word):
        return []
    return having("sound", said, heard=True) or having("initials", form, heard=True)
