"""Questions drawn from passages, the same for every engine, and what a plain look through every text finds for them."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from benchmarks.passages import COMMON, HAN, KINDS, Texts
from search.analysis import chain
from search.document import Document

DRAWN = 100
"""Substrings for recall and precision."""
SAMPLE = 2_000
"""Passages that are looked through to see how common a word is."""

TERM, TWO, PHRASE, CHARACTER = "2 characters", "two words", "4 to 12 characters", "1 character"
FIFTH, FILTERED = "in a fifth of all", "in a fifth, two facets chosen"
PAGE, PAGE_FIFTH = "whole page, 2 to 4 characters", "whole page, in a fifth of all"
SUGGESTION, UNDERSTANDING = "suggestion", "understanding"


@dataclass(frozen=True)
class Question:
    """Words that must all stand in a text, and values of facets."""

    words: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    places: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The words as a reader types them."""
        return " ".join(self.words)


@dataclass
class Questions:
    """What is asked, by row of the table; and substrings with the ids of the texts that have them."""

    rows: dict[str, list[Question]]
    typed: dict[str, list[str]]
    literal: dict[str, set[int]] = field(default_factory=dict)
    folded: dict[str, set[int]] = field(default_factory=dict)


def drawn(texts: Texts, count: int, rounds: int) -> Questions:
    """Draw so many questions for each row, none twice in a row, and look through all texts for a hundred substrings."""
    chance = random.Random(f"questions {count}")

    def piece(shortest: int, longest: int) -> str:
        """Characters that stand together in some passage."""
        while True:
            text = texts.passage(chance.randint(1, count), count).text
            length, start = chance.randint(shortest, longest), chance.randrange(len(text))
            if re.fullmatch(f"[{HAN}]{{{length}}}", found := text[start : start + length]):
                return found

    def several(shortest: int, longest: int, words: int = 1) -> list[Question]:
        return [Question(tuple(piece(shortest, longest) for _ in range(words))) for _ in range(rounds)]

    fifth = [Question((word,)) for word in common(texts, count, rounds)]
    rows = {
        TERM: several(2, 2),
        TWO: several(2, 2, words=2),
        PHRASE: several(4, 12),
        CHARACTER: several(1, 1),
        FIFTH: fifth,
        FILTERED: [Question(q.words, (chance.choice(KINDS),), tuple(chance.sample(range(901, 926), 3))) for q in fifth],
        PAGE: several(2, 4),
        PAGE_FIFTH: fifth[::-1],
    }
    names = [name for number in range(50, count + 1, 50) for name in texts.names(number)]
    titles = [texts.passage(chance.randint(1, count), count).title for _ in range(rounds)]
    typed = {
        SUGGESTION: [title[: chance.randint(1, 3)] for title in titles],
        UNDERSTANDING: [chance.choice(names) if number % 2 else piece(2, 4) for number in range(rounds)],
    }
    return scanned(Questions(rows, typed), [piece(2, 4) for _ in range(DRAWN)], texts, count)


def common(texts: Texts, count: int, most: int) -> list[str]:
    """Words in about a fifth of all passages: those put there, then characters and pairs that happen to be so common."""
    counts: Counter[str] = Counter()
    for document in islice(texts.mixed(count), SAMPLE):
        text = document.text
        pieces = {text[at : at + length] for at in range(len(text)) for length in (1, 2)}
        counts.update(piece for piece in pieces if re.fullmatch(f"[{HAN}]+", piece))
    wanted = min(count, SAMPLE) / 5
    natural = sorted(counts.keys() - set(COMMON), key=lambda piece: (abs(counts[piece] - wanted), piece))
    return [*COMMON, *natural][:most]


def scanned(questions: Questions, pieces: list[str], texts: Texts, count: int) -> Questions:
    """Look for the pieces in every text: as typed, and folded as search does it unless asked to be exact."""
    chained = {piece: chain(piece) for piece in pieces}
    questions.literal = {piece: set() for piece in pieces}
    questions.folded = {piece: set() for piece in pieces}
    for document in texts.mixed(count):
        literal, folded = _read(document)
        for piece in chained:
            if piece in literal:
                questions.literal[piece].add(document.id)
            if chained[piece] in folded:
                questions.folded[piece].add(document.id)
    return questions


def _read(document: Document) -> tuple[str, str]:
    """What can be found as it is typed, and the chain of what can be found otherwise, names of related things too."""
    own = "\n".join([document.title, document.title_en, *document.names, document.text])
    return own, chain("\n".join([own, *document.ties]))
