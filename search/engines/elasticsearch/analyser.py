"""The text chain of `search.analysis` as Elasticsearch settings: character filters, one pattern, token filters; no plugin.

Two analysers for each of the two modes: `folded` and `literal` give the elements of a chain (characters, words, breaks),
`folded_pairs` and `literal_pairs` every two neighbours, so that a phrase is a row of pairs.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

from search.analysis import BREAK, CJK, HISSING, HYPHENS, LONGEST_WORD, MARKS, PARAGRAPH, UNSEEN
from search.folding import FOLD, PLAIN

SPACES = "\t\x0b\x0c\r\x1c-\x1f \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What Python's `str.strip` takes away, but for the line feed."""
EDGES = SPACES + "'"

# Java's \w is another set than Python's, so the classes are spelt out.
PIECE = rf"\p{{L}}\p{{N}}{CJK}"
LETTER = rf"[\p{{L}}\p{{N}}&&[^{CJK}]]"
JOINT = rf"(?:[{MARKS}]|'(?=[\p{{L}}\p{{N}}&&[^\p{{Nd}}{CJK}]]))"
WORD = rf"{LETTER}++(?:{JOINT}{LETTER}*+){{0,100}}+"
GAP = rf"[^{PIECE}]"
LINE_GAP = rf"[{GAP}&&[^\n]]"
STARTS = rf"(?=[{PIECE}])"
PARTING_LINES = rf"{LINE_GAP}*+\n{GAP}*+{STARTS}"


def _joining(spaces: str) -> str:
    """Not a space or hyphen alone, up to the next word."""
    return rf"(?![{spaces}]*+[{HYPHENS}]?[{spaces}]*+{STARTS})"


BETWEEN = {
    "folded": rf"(?<=[\s\S])(?:{PARTING_LINES}|(?<![{CJK}]){_joining(EDGES)}{GAP}++(?={LETTER}))",
    "literal": rf"(?<=[\s\S])(?:{PARTING_LINES}|(?<=[{CJK}]){GAP}++(?=[{CJK}])|{_joining(SPACES)}{GAP}++{STARTS})",
}
"""What is a token of its own: the end of a paragraph, and what parts two pieces, by mode."""
# Each match begins where the last one ended; what is matched outside the group is passed over.
PATTERNS = {mode: rf"\G(?:([{CJK}]|{WORD}|{between})|{GAP}++)" for mode, between in BETWEEN.items()}


def _escaped(text: str) -> str:
    """A side of a mapping rule; what the rule's own syntax would trim or read goes as \\uXXXX."""
    units = text.encode("utf-16-be")
    if text > "\u2e7f" and text.isprintable():
        return text
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


@cache
def _rules(exact: bool) -> list[str]:
    """`髙 => 高` for every character that is folded, worked out once a process."""
    # The rule itself, since the table would keep all of Unicode.
    rule = (PLAIN if exact else FOLD).rule
    every = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    pairs = ((char, rule(char)) for char in every)
    return [f"{_escaped(char)} => {_escaped(folded)}" for char, folded in pairs if folded != char]


def settings() -> dict[str, Any]:
    """The `analysis` part of an index's settings."""
    words = ["zh_newline", "zh_break", "zh_inside", "zh_length"]
    stems = [*words, "zh_hissing", "zh_plural"]

    def analyser(mode: str, filters: list[str]) -> dict[str, Any]:
        return {
            "type": "custom",
            "char_filter": ["zh_unseen", f"zh_{mode}"],
            "tokenizer": f"zh_pieces_{mode}",
            "filter": filters,
        }

    return {
        "char_filter": {
            "zh_unseen": {"type": "pattern_replace", "pattern": UNSEEN, "replacement": ""},
            "zh_folded": {"type": "mapping", "mappings": _rules(exact=False)},
            "zh_literal": {"type": "mapping", "mappings": _rules(exact=True)},
        },
        "tokenizer": {
            f"zh_pieces_{mode}": {"type": "pattern", "pattern": pattern, "group": 1}
            for mode, pattern in PATTERNS.items()
        },
        "filter": _filters(),
        "analyzer": {
            "folded": analyser("folded", stems),
            "folded_pairs": analyser("folded", [*stems, "zh_pairs"]),
            "literal": analyser("literal", words),
            "literal_pairs": analyser("literal", [*words, "zh_pairs"]),
        },
    }


def _filters() -> dict[str, Any]:
    def replacing(pattern: str, replacement: str) -> dict[str, Any]:
        return {"type": "pattern_replace", "pattern": pattern, "replacement": replacement}

    endings = "|".join(ending.removesuffix("es") for ending in HISSING)
    return {
        "zh_newline": replacing(rf"^{LINE_GAP}*+\n[\s\S]*$", PARAGRAPH),
        "zh_break": replacing(rf"^{LINE_GAP}[\s\S]*$", BREAK),
        "zh_inside": replacing(rf"[{MARKS}']+", ""),
        "zh_length": {"type": "truncate", "length": LONGEST_WORD},
        "zh_hissing": replacing(f"^(.*(?:{endings}))es$", "$1"),
        "zh_plural": {"type": "stemmer", "language": "minimal_english"},
        "zh_pairs": {
            "type": "shingle",
            "min_shingle_size": 2,
            "max_shingle_size": 2,
            "output_unigrams": False,
            "token_separator": " ",
        },
    }
