"""What the results show of a hit's text: the best passages, each leading to its paragraph with the words marked there."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from cms.catalogue.bilingual import CHINESE, ENGLISH, in_english
from cms.pages.highlighting import PARAMETER
from search import sounds
from search.models import Record
from search.query import Phrase, Query
from search.reasons import standing
from search.snippets import Passage, opening, passages
from search.understanding import by_sound

HAN = re.compile(f"[{sounds.HAN}]")


@dataclass(frozen=True)
class Excerpt:
    """A passage; `link` follows the holding's address; `lang` is set where it is not the reader's language."""

    passage: Passage
    link: str
    lang: str = ""


@dataclass
class Sought:
    """A question as it was searched, and, asked once and only where it is needed, the characters that sound like it."""

    query: Query

    @cached_property
    def heard(self) -> Query | None:
        """The question taken for pinyin."""
        found = by_sound(self.query)
        return found.query if found else None

    @property
    def lang(self) -> str:
        """The language that it is asked in, as far as its letters tell."""
        return CHINESE if HAN.search(self.query.text) else ENGLISH


def excerpts(record: Record, sought: Sought) -> list[Excerpt]:
    """Return up to three passages, from the text of the reader's language where the words stand there, also by their sound.

    A text of the other language is shown to whoever asked in that language, or has nothing else to read.
    """
    texts = {CHINESE: (record.text, record.anchors), ENGLISH: (record.text_en, record.anchors_en)}
    mine, other = (ENGLISH, CHINESE) if in_english() else (CHINESE, ENGLISH)
    own, theirs = texts[mine], texts[other]
    if found := _shown(*own, sought.query):
        return found
    strange = _shown(*theirs, sought.query, lang=other)
    if strange and mine == CHINESE != sought.lang and sought.heard and (found := _shown(*own, sought.heard)):
        return found
    if strange and sought.lang == mine and own[0]:
        return [Excerpt(passage, "") for passage in opening(own[0])]
    return strange


def _shown(text: str, anchors: list[str], query: Query, lang: str = "") -> list[Excerpt]:
    found = passages(text, query)
    asked = urlencode([(PARAMETER, words) for words in map(_quoted, standing(query, found))])
    return [Excerpt(one, f"?{asked}{_fragment(anchors, one.paragraph)}", lang) for one in found]


def _fragment(anchors: list[str], line: int) -> str:
    """Return the fragment of a line; none at the top of the page, or where the record is older than fragments."""
    anchor = anchors[line] if line < len(anchors) else ""
    return f"#{anchor}" if anchor else ""


def _quoted(phrase: Phrase) -> str:
    return f'"{phrase.typed}"' if phrase.exact else phrase.typed
