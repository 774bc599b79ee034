"""Where the words of a query stand in a text as it is written, in whatever spelling, width or case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from search import analysis
from search.folding import fold, spellings
from search.query import Phrase, Query

MOST = 200
"""Places of one phrase in one text that are marked."""
LETTER = rf"[^\W_{analysis.CJK}]"
LOOSE = "['’ʼ\u0300-\u036f]{0,4}"
# Bounded all over: a text is anyone's, and must not make the pattern walk it again and again.
TAIL = rf"(?:{LOOSE}{LETTER}){{0,{analysis.LONGEST_WORD}}}[\u0300-\u036f]{{0,4}}"
JOINT = rf"{analysis.UNSEEN}{{0,4}}[^\S\n]{{0,4}}[{analysis.HYPHENS}]?[^\S\n]{{0,4}}"
_leaf = re.compile(analysis.LEAF)
_elements = re.compile(r"<(?P<word>[^>]+)>|(?P<gap>[,\n])|(?P<han>[^<>,\n])")

Mark = tuple[int, int, int]
"""Start, end, and the number of the group: a word and its other names count as one."""


def marks(text: str, query: Query) -> list[Mark]:
    """All places where a phrase of the query or one of its aliases stands, in order; they may overlap."""
    leaves = [leaf.span() for leaf in _leaf.finditer(text)]
    found = (
        (start, end, number)
        for number, group in enumerate(query.groups)
        for phrase in group
        for start, end in _places(text, phrase)
    )
    return sorted(mark for mark in found if not any(start < mark[0] < end for start, end in leaves))


def _places(text: str, phrase: Phrase) -> Iterator[tuple[int, int]]:
    """A Latin word is matched by its beginning, then checked by the chain: what is marked is what was found."""
    pattern = _pattern(phrase.needle, exact=phrase.exact)
    for count, match in enumerate(pattern.finditer(text)):
        if count == MOST:
            return
        if "<" not in phrase.needle or analysis.chain(match[1], exact=phrase.exact) == phrase.needle:
            yield match.span(1)


@lru_cache(512)
def _pattern(needle: str, *, exact: bool) -> re.Pattern[str]:
    elements = [(found.lastgroup or "", found[found.lastgroup or ""]) for found in _elements.finditer(needle)]
    parts = [_element(kind, element, exact=exact) for kind, element in elements]
    for at, ((left, _), (right, _)) in enumerate(pairwise(elements)):
        if "gap" not in (left, right):
            parts[at] += JOINT if "word" in (left, right) else f"{analysis.UNSEEN}*"
    # Looked ahead for, so that 二十二 is found twice in 二十二十二.
    return re.compile(f"(?=({''.join(parts)}))")


def _element(kind: str, element: str, *, exact: bool) -> str:
    if kind == "han":
        return f"[{re.escape(spellings(element, exact=exact))}]"
    if kind == "gap":
        return r"[^\w\n]{1,12}" if element == analysis.BREAK else r"\s*\n\s*"
    # The stem of a plural can end in another letter than the word (city, cities).
    start = element if exact else element[: max(2, len(element) - 1)]
    return rf"(?<!{LETTER})" + LOOSE.join(_letter(char, exact=exact) for char in start) + TAIL


@lru_cache(1024)
def _letter(char: str, *, exact: bool) -> str:
    """A letter as it may be written: any case or width, and any accent unless exact."""
    accented = "" if exact else "".join(chr(code) for code in range(0xC0, 0x250) if fold(chr(code)) == char)
    return f"[{re.escape(spellings(char, exact=exact) + accented)}]"
