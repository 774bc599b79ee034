"""Lists of postings taken a block at a time; Whoosh itself goes from posting to posting, some calls for each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from whoosh.matching import FilterMatcher


def numbers(reader: Any, field: str, term: bytes) -> list[int]:
    """The numbers of the documents that have a term in a field; none that is deleted."""
    listed = list(chain.from_iterable(block._ids for block in _blocks(reader, field, term)))
    if deleted := reader.deleted_docs_set:
        return [number for number in listed if number not in deleted]
    return listed


def counted(reader: Any, field: str, term: bytes) -> Iterator[tuple[int, float]]:
    """Those numbers, each with the times that the term stands there."""
    deleted = reader.deleted_docs_set
    for block in _blocks(reader, field, term):
        block.weight()  # loads the block's
        pairs = zip(block._ids, block._weights, strict=True)
        yield from (pair for pair in pairs if pair[0] not in deleted) if deleted else pairs


def _blocks(reader: Any, field: str, term: bytes) -> Iterator[Any]:
    """The matcher at each block, its `_ids` loaded: the blocks of `whoosh.codec.whoosh3` as the pinned version reads them."""
    if (field, term) not in reader:
        return
    postings = reader.postings(field, term)
    if isinstance(postings, FilterMatcher):
        postings = postings.child  # the callers leave the deleted out, all at once
    while postings.is_active():
        postings.id()  # loads them
        yield postings
        postings._next_block()
