"""A document as chains, the same for every engine: what is weighed, and what exact mode looks into."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from search import analysis
from search.document import FACETS, Document
from search.folding import FOLD_FILE, fold
from search.numbers import numbers
from search.sounds import READINGS_FILE


@dataclass(frozen=True, slots=True)
class Chains:
    """The folded chains of a document's parts; each title and each name is a line, so that a full one is recognised."""

    title: str
    names: str
    ties: str
    text: str


def _lines(*texts: str, exact: bool = False) -> str:
    return "".join(f"\n{analysis.chain(text, exact=exact)}" for text in texts if text) + "\n"


def names(document: Document) -> tuple[str, ...]:
    """What a document is called: its number, its names, and the standard numbers that stand anywhere in it, without hyphens."""
    known = numbers(document.title, document.title_en, *document.names, document.text, document.text_en)
    return tuple(name for name in (document.uid, *document.names, *known) if name)


def folded(document: Document) -> Chains:
    """The parts as they are found and weighed; the number counts as a name."""
    return Chains(
        title=_lines(document.title, document.title_en),
        names=_lines(*names(document)),
        ties=_lines(*document.ties),
        text=analysis.chain(f"{document.text}\n{document.text_en}"),
    )


def literal(document: Document) -> str:
    """All that exact mode looks into, in one: what the holding itself says, letter for letter."""
    own = (document.title, document.title_en, document.uid, *document.names, document.text, document.text_en)
    return _lines(*own, exact=True)


def fingerprint(layout: object) -> str:
    """Changes when the chain, its characters, the facets or an engine's layout change: an index of another must be rebuilt."""
    text = "髙 Ａb's Churches, a 2026年—甲·乙⟦1a⟧丙"
    sample = analysis.chain(text) + analysis.chain(text, exact=True) + analysis.PATTERN + str(list(FACETS))
    return hashlib.sha256(f"{layout}{sample}{_letters()}".encode() + FOLD_FILE.read_bytes()).hexdigest()[:12]


@cache
def _letters() -> str:
    """Every sign up to the Han characters as it is compared, and how characters are read, which headings are made of."""
    signs = "".join(map(chr, range(0x3400))) + "零"
    return fold(signs) + fold(signs, exact=True) + READINGS_FILE.read_text("utf-8")
