"""The sentences of a spread, as the page lights them one after the other."""

import re

from picturebooks.models import Spread
from picturebooks.wording import lines

END = re.compile(r"""(?<=[.!?…])(?P<after>["'”’)\]]*)\s+(?=["'“‘(\[]*[A-Z0-9À-Þ])""")
SHORT = re.compile(r"(?:^|[\s\"'“‘(])(?:Mr|Mrs|Ms|Dr|St|Prof|No|[A-Z])\.$")
"""What a full stop does not end."""


def chinese_sentences(spread: Spread) -> list[str]:
    """Return the sentences of a spread's Chinese: the lines of its page."""
    return ["".join(word.text for word in line).strip() for line in lines(spread.text, spread.pinyin)]


def english_sentences(line: str) -> list[str]:
    """Return the sentences of a paragraph of English; put together with blanks they are the paragraph again."""
    made: list[str] = []
    start = 0
    for found in END.finditer(line):
        piece = line[start : found.end("after")]
        if not SHORT.search(piece):
            made.append(piece)
            start = found.end()
    return [*made, line[start:]] if line[start:] else made


def sentences(spread: Spread, english: bool) -> list[str]:
    """Return the sentences of a spread in a language, in the order in which they are read."""
    if not english:
        return chinese_sentences(spread)
    paragraphs = (line.strip() for line in spread.text_en.splitlines())
    return [sentence for line in paragraphs if line for sentence in english_sentences(line)]
