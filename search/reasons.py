"""Why a record is a hit, where no passage of its text shows it; and whether two names are one to a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from search.analysis import chain, counted, terms
from search.models import Record
from search.query import Phrase, Query
from search.snippets import Passage

T = TypeVar("T")


def same(one: str, other: str) -> bool:
    """Whether two names are one to a reader: written in other variants, another width or case."""
    return chain(one) == chain(other)


def distinct(things: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """Return the last of all things whose names are one, where the first of them stood."""
    return list({chain(name(thing)): thing for thing in things}.values())


def standing(query: Query, passages: Iterable[Passage]) -> Iterator[Phrase]:
    """Yield what a page should mark: the words as typed, and of their other names those that stand in the passages."""
    shown = [chain(piece.text) for passage in passages for piece in passage.pieces if piece.marked]
    for typed, *others in query.groups:
        yield typed
        yield from (other for other in others if any(other.folded in text for text in shown))


def other_name(record: Record, query: Query) -> str:
    """Return the name by which a hit was asked for, where its title is another: 霞飞路 of 淮海中路."""
    titles = {chain(record.title), chain(record.title_en)}
    return next((name for name in record.names if chain(name) == query.whole not in titles), "") if query.text else ""


def related(record: Record, query: Query) -> list[str]:
    """Return the words that stand in no title, name or text of a hit: something related to it is called so.

    Asked only of a hit without excerpts. What a librarian put first, or the query means, needs no reason.
    """
    if record.id in query.first:
        return []
    called = chain("\n".join((record.title, record.title_en, *record.names)))
    return [group[0].typed for group in query.groups if not any(phrase.folded in called for phrase in group)]


def could_find(words: str, texts: Iterable[str]) -> list[bool]:
    """Return for each text whether any term of the words is listed for it."""
    asked = set(terms(chain(words)))
    return [bool(asked & counted(chain(text)).keys()) for text in texts]
