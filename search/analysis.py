"""The text chain, the same for every engine, for index and query: fold, runs, bigrams, stems.

`chain` turns a text into one comparable string: Han and kana as they stand, each Latin word as ``<stem>``, a newline between
paragraphs. Spaces and punctuation between characters are passed over (a sentence typed without its comma, a name spread by
spaces); only between two Latin words is anything but a space or a hyphen a comma. The exact chain has a comma for all that
stands between. A query stands in a text exactly when its chain is a substring of the text's chain. `terms` are what an index
lists: single characters, overlapping bigrams and words.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from search.folding import fold

# Signs that are compared as characters (signs.txt) are characters in exact mode too, each its own.
CJK = "々〆〇○◯⭕\u2e80-\u2ef3\u3021-\u3029\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
MARKS = "\u0300-\u036f"
LETTER = rf"[^\W_{CJK}]"
# Bounded, so that no text can make an engine's pattern recurse without end.
JOINT = rf"(?:[{MARKS}]|'(?=[^\W\d_{CJK}]))"
LATIN = rf"{LETTER}+(?:{JOINT}{LETTER}*){{0,100}}"
# Variation selectors, joiners, byte order marks and the leaf breaks ⟦013-1a⟧ stand inside words without parting them.
LEAF = "⟦[^⟦⟧\n]{1,40}⟧"
UNSEEN = "(?:[\ufe00-\ufe0f\u200b-\u200f\u2060\ufeff\u00ad\U000e0100-\U000e01ef]|" + LEAF + ")"
HYPHENS = "-‐‑–"
JOINING = {"", *HYPHENS}
BREAK, PARAGRAPH, OPEN, CLOSE = ",", "\n", "<", ">"
LONGEST_WORD = 64
HISSING = ("ches", "shes", "sses", "xes", "zzes")
"""Plurals that lose two letters. Lucene leaves them their e: there a pattern_replace goes before its filter."""

_unseen = re.compile(UNSEEN)
PATTERN = rf"(?P<han>[{CJK}]+)|(?P<latin>{LATIN})|(?P<gap>(?:[^\w{CJK}]|_)+)"
_pieces = re.compile(PATTERN)
_inside = re.compile(f"[{MARKS}']+")
_elements = re.compile(rf"{OPEN}([^{CLOSE}]*){CLOSE}|([^{OPEN}{CLOSE}])")
_chained = re.compile(rf"{OPEN}([^{CLOSE}]*){CLOSE}|([^{OPEN}{CLOSE},\n]+)")


def stem(word: str) -> str:
    """English plural to singular as Lucene's minimal_english does it, so that engines can agree, and churches to church."""
    if word.endswith(HISSING):
        return word[:-2]
    if len(word) < 3 or word[-1] != "s" or word[-2] in "us":
        return word
    if word[-2] != "e":
        return word[:-1]
    if len(word) > 3 and word[-3] == "i" and word[-4] not in "ae":
        return word[:-3] + "y"
    return word if word[-3] in "iaoe" else word[:-1]


@lru_cache(20_000)
def word(text: str, *, exact: bool = False) -> str:
    """A folded Latin word as it is compared: no apostrophe, no loose accent, bounded, stemmed unless exact."""
    letters = _inside.sub("", text)[:LONGEST_WORD]
    return letters if exact else stem(letters)


def chain(text: str, *, exact: bool = False) -> str:
    """The text as one comparable string; exact keeps variants, accents, plurals and what stands between characters apart."""
    out: list[str] = []
    before = gap = ""
    for piece in _pieces.finditer(fold(_unseen.sub("", text), exact=exact)):
        kind = piece.lastgroup or ""
        if kind == "gap":
            gap = piece.group()
            continue
        run = piece.group() if kind == "han" else _bracketed(piece.group(), exact=exact)
        if gap and before:
            out.append(_literally(gap, before, kind) if exact else _between(gap, before, kind))
        out.append(run)
        before, gap = kind, ""
    return "".join(out)


def _bracketed(latin: str, *, exact: bool) -> str:
    name = word(latin, exact=exact)
    return OPEN + name + CLOSE if name else ""


def _between(gap: str, before: str, after: str) -> str:
    """What parts two runs: only Latin words are parted, by more than a space, a hyphen or an apostrophe at their edge."""
    if "\n" in gap:
        return PARAGRAPH
    if before == after == "latin":
        return "" if gap.replace("'", " ").strip() in JOINING else BREAK
    return ""


def _literally(gap: str, before: str, after: str) -> str:
    """What parts two runs in exact mode: nothing for a space or hyphen beside a Latin word (AI 大模型 is AI大模型)."""
    if "\n" in gap:
        return PARAGRAPH
    return "" if "latin" in (before, after) and gap.strip() in JOINING else BREAK


def terms(chained: str) -> list[str]:
    """What to look up for a chain, each once: words, bigrams, and a character that is alone in its run."""
    found: dict[str, None] = {}
    for name, run in _chained.findall(chained):
        found.update(dict.fromkeys([name] if name else map("".join, pairwise(run)) if len(run) > 1 else run))
    return list(found)


def counted(chained: str) -> Counter[str]:
    """What an index lists for a chain, and how often it stands there: words, bigrams, and every character."""
    found: Counter[str] = Counter()
    for name, run in _chained.findall(chained):
        if name:
            found[name] += 1
        else:
            found.update(run)
            found.update(map("".join, pairwise(run)))
    return found


def elements(chained: str) -> list[str]:
    """A chain taken apart: characters, words, breaks; what an analyser with positions calls its tokens."""
    return [name or other for name, other in _elements.findall(chained)]
