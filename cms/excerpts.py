"""What the results show of a hit's text: the best passages, each leading to its paragraph with the words marked there."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from cms.bilingual import CHINESE, ENGLISH, in_english
from cms.found import PARAMETER
from search.analysis import chain
from search.models import Record
from search.query import Phrase, Query
from search.snippets import Passage, passages


@dataclass(frozen=True)
class Excerpt:
    """A passage; `link` follows the holding's address; `lang` is set where it is not the reader's language."""

    passage: Passage
    link: str
    lang: str = ""


def excerpts(record: Record, query: Query) -> list[Excerpt]:
    """Return up to three passages, from the text of the reader's language where the words stand there."""
    texts = [(record.text, record.anchors, CHINESE), (record.text_en, record.anchors_en, ENGLISH)]
    mine = ENGLISH if in_english() else CHINESE
    for text, anchors, lang in sorted(texts, key=lambda one: one[2] != mine):
        if text and (found := passages(text, query)):
            asked = urlencode([(PARAMETER, words) for words in _words(query, found)])
            other = "" if lang == mine else lang
            return [Excerpt(one, f"?{asked}{_fragment(anchors, one.paragraph)}", other) for one in found]
    return []


def _fragment(anchors: list[str], line: int) -> str:
    """Return the fragment of a line; none at the top of the page, or where the record is older than fragments."""
    anchor = anchors[line] if line < len(anchors) else ""
    return f"#{anchor}" if anchor else ""


def _words(query: Query, found: list[Passage]) -> Iterator[str]:
    """Yield what the page should mark: the words as typed, and of the other names those that stand in the passages."""
    shown = [chain(piece.text) for passage in found for piece in passage.pieces if piece.marked]
    for typed, *others in query.groups:
        yield _quoted(typed)
        yield from (_quoted(other) for other in others if any(other.folded in text for text in shown))


def _quoted(phrase: Phrase) -> str:
    return f'"{phrase.typed}"' if phrase.exact else phrase.typed


def related(record: Record, query: Query) -> list[str]:
    """Return the words that stand in no title, name or text of a hit: something related to it is called so.

    Asked only of a hit without excerpts. What a librarian put first, or the query means, needs no reason.
    """
    if record.id in query.first:
        return []
    called = chain("\n".join((record.title, record.title_en, *record.names)))
    return [group[0].typed for group in query.groups if not any(phrase.folded in called for phrase in group)]
