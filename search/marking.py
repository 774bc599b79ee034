"""Where the words of a query stand in a text as it is written, in whatever spelling, width or case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from search import analysis
from search.folding import APOSTROPHES, ligatures, spellings
from search.numbers import standard
from search.query import Phrase, Query

MOST = 200
"""Places of one phrase in one text that are marked."""
LETTER = rf"[^\W_{analysis.CJK}{APOSTROPHES}]"
LOOSE = f"[{APOSTROPHES}{analysis.MARKS}]{{0,4}}"
# Bounded all over: a text is anyone's, and must not make the pattern walk it again and again.
TAIL = rf"(?:{LOOSE}{LETTER}){{0,{analysis.LONGEST_WORD}}}[\u0300-\u036f]{{0,4}}"
JOINT = rf"{analysis.UNSEEN}{{0,4}}(?:[^\S\n]|[{APOSTROPHES}]){{0,4}}[{analysis.HYPHENS}]?[^\S\n]{{0,4}}"
# What is passed over between characters; the three never begin with the same sign.
PASSED = rf"(?:{analysis.LEAF}|[^\w\n⟦]|_){{0,40}}"
_number = re.compile("<(?:[0-9]{13}|[0-9]{7}[0-9x])>")
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
    """A pattern matches a Latin word by its beginning, then the chain is asked: what is marked is what was found."""
    if _number.fullmatch(phrase.needle):
        yield from ((start, end) for start, end, number in standard(text) if number == phrase.needle[1:-1])
    pattern = _pattern(phrase.needle, exact=phrase.exact)
    for count, match in enumerate(pattern.finditer(text)):
        if count == MOST:
            return
        if analysis.chain(match[1], exact=phrase.exact) == phrase.needle:
            yield match.span(1)


@lru_cache(512)
def _pattern(needle: str, *, exact: bool) -> re.Pattern[str]:
    elements = [(found.lastgroup or "", found[found.lastgroup or ""]) for found in _elements.finditer(needle)]
    parts = [_element(kind, element, exact=exact) for kind, element in elements]
    for at, ((left, _), (right, _)) in enumerate(pairwise(elements)):
        if "gap" not in (left, right):
            parts[at] += _joint(left, right, exact=exact)
    # Looked ahead for, so that 二十二 is found twice in 二十二十二.
    return re.compile(f"(?=({''.join(parts)}))")


def _joint(left: str, right: str, *, exact: bool) -> str:
    """What may stand between two neighbours of a chain."""
    if left == right == "word" or (exact and "word" in (left, right)):
        return JOINT
    return f"{analysis.UNSEEN}*" if exact else PASSED


def _element(kind: str, element: str, *, exact: bool) -> str:
    if kind == "han":
        return f"[{re.escape(spellings(element, exact=exact))}]"
    if kind == "gap":
        return r"[^\w\n]{1,12}" if element == analysis.BREAK else r"\s*\n\s*"
    # The stem of a plural can end in another letter than the word (city, cities).
    start = element if exact else element[: max(2, len(element) - 1)]
    return rf"(?<!{LETTER})" + LOOSE.join(_letters(element, exact=exact)[: len(start)]) + TAIL


def _letters(word: str, *, exact: bool) -> list[str]:
    """Each letter as it may be written: any case, width or ligature, and any accent unless exact.

    A ligature stands for its first letter, and the others may then be missing: more than what is sought, but never less.
    """
    forms, after = [spellings(char, exact=exact) for char in word], [""] * len(word)
    for letters, written in ligatures(exact=exact).items():
        for at in range(len(word)):
            if word.startswith(letters, at):
                forms[at] += written
                after[at + 1 : at + len(letters)] = ["?"] * (len(letters) - 1)
    return [f"[{re.escape(form)}]{optional}" for form, optional in zip(forms, after, strict=True)]
