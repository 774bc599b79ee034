"""What a Whoosh index of ours has in it: terms without positions, and three columns."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

from whoosh import columns, fields, formats
from whoosh.analysis import IDTokenizer
from whoosh.codec.whoosh3 import W3Codec

from search import analysis
from search.document import FACETS, Document
from search.engines import chains

LAYOUT = "whoosh 3"
"""Raise it when the layout of the index changes, so that old ones are rebuilt."""

PART = "\x1e"
"""Between the title, the names, the ties and the text in a chain column."""


class Terms(fields.FieldType):  # type: ignore[misc]
    """The terms of a document and how often each stands there. Where is checked on the chain columns: no positions are stored."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), IDTokenizer())

    def index(self, value: Counter[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Every term once; its number is its weight, which Whoosh keeps beside a posting without further bytes."""
        for term, number in value.items():
            yield term.encode("utf-8", "replace"), number, float(number), b""


def schema() -> fields.Schema:
    """`id` finds a document to replace it, `head` (all but the text) and `text` find candidates, the columns say the rest."""
    return fields.Schema(
        id=fields.ID(unique=True),
        head=Terms(),
        text=Terms(),
        folded=fields.COLUMN(columns.VarBytesColumn()),
        literal=fields.COLUMN(columns.VarBytesColumn()),
        facts=fields.COLUMN(columns.VarBytesColumn()),
    )


def codec() -> W3Codec:
    """Postings uncompressed: a quarter less time to build."""
    return W3Codec(compression=0)


def row(document: Document) -> dict[str, Any]:
    """The document as Whoosh takes it."""
    parts = chains.folded(document)
    text = parts.text.encode("utf-8", "replace")
    facts = {
        "id": document.id,
        "hash": document.hash(),
        "first": document.first,
        "last": document.last,
        "length": len(text),
        "facets": {name: values(document) for name, values in FACETS.items()},
    }
    return {
        "id": str(document.id),
        "head": analysis.counted(parts.title + parts.names + parts.ties),
        "text": analysis.counted(parts.text),
        "folded": PART.join(astuple(parts)).encode("utf-8", "replace"),
        "literal": chains.literal(document).encode("utf-8", "replace"),
        "facts": json.dumps(facts, ensure_ascii=True, separators=(",", ":")).encode(),
    }
