"""What an Elasticsearch index of ours has in it: settings, fields, and a document as it is sent."""

from __future__ import annotations

from typing import Any

from search.document import FACETS, Document, Value
from search.engines import chains
from search.engines.elasticsearch import analyser

LAYOUT = "elasticsearch 3"
"""Raise it when the fields or their analysers change, so that old indexes are rebuilt."""
PARTS = ("title", "names", "ties", "text")
OWN = ("title", "names", "text")
"""What a holding itself says; ties are what others are called."""
LONGEST_KEY = 500
DEEPEST = 1_000_000
"""Hits that can be paged through: a page number is bounded, and the last page is always there."""


def settings() -> dict[str, Any]:
    """One shard, so that counts are exact; a copy on a second node where there is one."""
    return {
        "number_of_shards": 1,
        "auto_expand_replicas": "0-1",
        "max_result_window": DEEPEST,
        # How long it is remembered at which turn something was taken out.
        "gc_deletes": "1h",
        # A purge takes every deleted document off the disk, not only where a tenth of a segment is.
        "merge.policy.expunge_deletes_allowed": 0,
        "analysis": analyser.settings(),
        # The weight is reckoned by our own formulas, which need to know how often a phrase stands there and nothing else.
        "similarity": {"times": {"type": "scripted", "script": {"source": "return doc.freq;"}}},
    }


def _text(mode: str) -> dict[str, Any]:
    """Pairs with positions for phrases, elements without them for one character or word."""
    alone = {
        "type": "text",
        "analyzer": mode,
        "similarity": "times",
        "norms": False,
        "index_options": "freqs",
    }
    return {
        "type": "text",
        "analyzer": f"{mode}_pairs",
        "similarity": "times",
        "norms": False,
        "fields": {"alone": alone},
    }


def mappings() -> dict[str, Any]:
    """The fields. The texts themselves are not kept: snippets are made from our own records."""
    keyword = {"type": "keyword"}
    return {
        "dynamic": "strict",
        "_source": {"enabled": False},
        "properties": {
            "id": {"type": "long"},
            "hash": {"type": "keyword", "index": False},
            "first": {"type": "long"},
            "last": {"type": "long"},
            **{part: _text("folded") for part in PARTS},
            "literal": _text("literal"),
            "whole_title": {"type": "keyword", "doc_values": False},
            "whole_names": {"type": "keyword", "doc_values": False},
            **{f"{part}_length": {"type": "long", "index": False} for part in PARTS},
            **{facet: {"type": "long"} if facet == "decades" else keyword for facet in FACETS},
        },
    }


def fingerprint() -> str:
    """Changes when the chain, its dictionaries or the fields do; it is part of the index's name."""
    return chains.fingerprint((LAYOUT, analyser.PATTERNS, mappings()))


def row(document: Document) -> dict[str, Any]:
    """The document as it is sent. A lone surrogate, which JSON cannot carry, parts words as it does in the chain."""
    chained = chains.folded(document)
    titles = [title for title in (document.title, document.title_en) if title]
    out: dict[str, Any] = {
        "id": document.id,
        "hash": document.hash(),
        "first": document.first,
        "last": document.last,
        "title": titles,
        "names": list(chains.names(document)),
        "ties": list(document.ties),
        "text": f"{document.text}\n{document.text_en}",
        "whole_title": chained.title.strip("\n").split("\n"),
        "whole_names": chained.names.strip("\n").split("\n"),
        **{f"{part}_length": len(getattr(chained, part).encode("utf-8", "replace")) for part in PARTS},
        **{facet: [key(facet, value) for value in values(document)] for facet, values in FACETS.items()},
    }
    out["literal"] = [*titles, document.uid, *filter(None, document.names), out["text"]]
    return {name: _clean(value) for name, value in out.items()}


def key(facet: str, value: Value) -> Value:
    """A facet's value as the index keeps it: decades as numbers, all others as text, bounded."""
    return value if facet == "decades" else str(value)[:LONGEST_KEY]


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
