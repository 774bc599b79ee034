"""What a Whoosh index of ours has in it: terms without positions, and three columns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from whoosh import columns, fields, formats
from whoosh.analysis import IDTokenizer
from whoosh.codec.whoosh3 import W3Codec

from search import analysis
from search.document import FACETS, Document
from search.folding import FOLD_FILE

LAYOUT = 1
"""Raise it when the layout of the index changes, so that old ones are rebuilt."""

PART = "\x1e"
"""Between the title, the names and the text in a chain column."""


class Terms(fields.FieldType):  # type: ignore[misc]
    """The terms of a document. Where they stand is checked on the chain columns, so no positions are stored."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), IDTokenizer())

    def index(self, value: list[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Every term once, with no weight."""
        for term in value:
            yield term.encode("utf-8", "replace"), 1, 1.0, b""


def schema() -> fields.Schema:
    """`id` finds a document to replace it, `terms` finds candidates, the columns say the rest."""
    return fields.Schema(
        id=fields.ID(unique=True),
        terms=Terms(),
        folded=fields.COLUMN(columns.VarBytesColumn()),
        literal=fields.COLUMN(columns.VarBytesColumn()),
        facts=fields.COLUMN(columns.VarBytesColumn()),
    )


def codec() -> W3Codec:
    """Postings uncompressed: a quarter less time to build."""
    return W3Codec(compression=0)


def fingerprint() -> str:
    """Changes when the chain, its characters or the layout change, and the index must be built anew."""
    sample = analysis.chain("髙 Ａb's Churches 2026年—甲·乙⟦1a⟧丙") + analysis._pieces.pattern + str(list(FACETS))
    made_by = f"{LAYOUT}{sample}".encode() + FOLD_FILE.read_bytes()
    return hashlib.sha256(made_by).hexdigest()[:12]


def _chained(document: Document, *, exact: bool) -> str:
    """Titles, names and text as chains; each title and name is a line, so that a full one is recognised."""

    def lines(*texts: str) -> str:
        return "".join(f"\n{analysis.chain(text, exact=exact)}" for text in texts if text) + "\n"

    parts = (
        lines(document.title, document.title_en),
        lines(document.uid, *document.names),
        analysis.chain(f"{document.text}\n{document.text_en}", exact=exact),
    )
    return PART.join(parts)


def row(document: Document) -> dict[str, Any]:
    """The document as Whoosh takes it."""
    folded = _chained(document, exact=False)
    facts = {
        "id": document.id,
        "kind": document.kind,
        "titles": [text for text in (document.title, document.title_en, *document.names) if text],
        "first": document.first,
        "last": document.last,
        "facets": {name: values(document) for name, values in FACETS.items()},
    }
    return {
        "id": str(document.id),
        "terms": analysis.terms(folded.replace(PART, "\n")),
        "folded": folded.encode("utf-8", "replace"),
        "literal": _chained(document, exact=True).encode("utf-8", "replace"),
        "facts": json.dumps(facts, ensure_ascii=True, separators=(",", ":")).encode(),
    }
