"""A book as a catalogue record describes it, whichever the format: each thing in Chinese and in Latin letters."""

import re
from collections import Counter
from dataclasses import dataclass, field

Pair = tuple[str, str]
"""What is said in Chinese (or as printed), and what in English (or in Latin letters)."""
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af\U00020000-\U0003ffff]")
"""Characters of East Asia, as the script code `$1` of MARC 21 has them together."""
OPENING = ("responsibility", "place")
"""The notes with which the text begins, in this order."""
TO_CHINESE, TO_LATIN = "$1", "(B"
"""MARC 21's codes of scripts in $6."""


@dataclass
class Description:
    """One record. `notes` are paragraphs by what they are, as `extent`; `left` counts what of it was not read, by tag and code."""

    number: str = ""
    flavour: str = "MARC 21"
    own: bool = False
    title: Pair = ("", "")
    names: list[str] = field(default_factory=list)
    makers: list[tuple[str, Pair]] = field(default_factory=list)
    edition: Pair = ("", "")
    publisher: str = ""
    date: Pair = ("", "")
    edtf: str = ""
    isbns: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    subjects: list[Pair] = field(default_factory=list)
    summary: list[Pair] = field(default_factory=list)
    notes: list[tuple[str, Pair]] = field(default_factory=list)
    readers: str = ""
    left: Counter[str] = field(default_factory=Counter)

    def notes_in_order(self) -> list[tuple[str, Pair]]:
        """Return the notes, without those that open the text."""
        return [note for note in self.notes if note[0] not in OPENING]


def is_han(text: str) -> bool:
    """Tell whether a text has East Asian characters."""
    return bool(HAN.search(text))


def of_head(text: str, english: bool) -> Pair:
    """Return a title or name that stands alone: what is in no Chinese is the same in English where the book is."""
    return (text, text if english and not is_han(text) else "")


def of_note(text: str) -> Pair:
    """Return a note that stands alone: it is in the language of its letters."""
    return (text, "") if is_han(text) else ("", text)
