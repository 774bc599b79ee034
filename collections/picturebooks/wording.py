"""Words that no line breaks: a word with its pinyin and the marks before and after it, in lines of a sentence each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from picturebooks.pinyin import UNREAD, Piece, letters_only
from picturebooks.reading import pieces

OPENING = set("“‘（《〈「『【〔〖［｛([{$￥¥£")
CLOSING = set("。，、；：？！”’）》〉」』】〕〗］｝…—–～·‧・・!,.:;?)]}%％‰°℃℉-‐﹏々ー～」＂")
QUOTES = {'"', "＂"}
ENDS = set("。！？!?")
AFTER_END = set("”’）》」』)") | QUOTES
LONGEST = 4
"""Characters of a word that stand on one line at any width and size; a longer one is set syllable by syllable."""
LATIN = re.compile(r".{1,8}")
"""A Latin word that is longer than a narrow line is set in such pieces."""
GOES_ON, APART = -2, -3
"""Numbers of words that no pinyin has: a piece of a Latin word that goes on, and syllables set apart from this down."""

Ruby = tuple[str, str]


@dataclass
class Word:
    """What no line breaks: characters, each with what stands over them or nothing; where in the text it begins."""

    start: int
    ruby: list[Ruby] = field(default_factory=list)
    read_by: int = UNREAD
    joined: bool = False
    """Whether it goes on in the next without a gap, as a piece of a long word does."""

    @property
    def text(self) -> str:
        """The characters alone."""
        return "".join(base for base, _over in self.ruby)

    @property
    def bare(self) -> bool:
        """Whether it has nothing but marks that open."""
        return all(sign in OPENING or sign in QUOTES for sign in self.text)

    def add(self, base: str, over: str = "") -> None:
        """Put characters at its end, under the same reading where it goes on."""
        if over and self.ruby and self.ruby[-1][1]:
            before, above = self.ruby.pop()
            self.ruby.append((before + base, joint(above, over)))
        elif not over and self.ruby and not self.ruby[-1][1]:
            self.ruby.append((self.ruby.pop()[0] + base, ""))
        else:
            self.ruby.append((base, over))


def joint(before: str, after: str) -> str:
    """Join two syllables of a word, with the apostrophe that parts vowels (xī’ān)."""
    return f"{before}’{after}" if letters_only(after)[:1] in set("aoeê") else before + after


def lines(text: str, pinyin: str) -> list[list[Word]]:
    """Return a text in lines of a sentence each, also ended where the text ends a line; a line is words in their order."""
    made: list[list[Word]] = [[]]
    for word, ends in set_apart(text, pieces(text, pinyin)):
        if word.text.strip():
            made[-1].append(word)
        if ends and made[-1]:
            made.append([])
    return [line for line in made if line]


def set_apart(text: str, line: Iterable[Piece]) -> Iterator[tuple[Word, bool]]:
    """Yield the words of a text, each with whether its line ends after it."""
    word, at, quoted = Word(0), 0, False
    for base, over, read_by in together(list(line)):
        mark = len(base) == 1 and not over
        shuts = mark and (base in CLOSING or (base in QUOTES and quoted))
        opens = mark and (base in OPENING or (base in QUOTES and not quoted))
        quoted ^= mark and base in QUOTES
        if "\n" in base:
            yield word, True
            word = Word(at + 1)
        elif base.isspace():
            if word.ruby:
                word.add(base)
        elif shuts or (word.ruby and word.bare):
            word.add(base, over)
            word.read_by = read_by if over else word.read_by
        elif over and word.read_by == read_by:
            word.add(base, over)
        else:
            if word.ruby:
                yield word, stops(word.text, opens)
            word = Word(at, [], read_by if over else UNREAD, read_by == GOES_ON)
            word.add(base, over)
        at += len(base)
    yield word, True


def stops(text: str, opens: bool) -> bool:
    """Tell whether a sentence ends with a word: not where what was said goes on in who said it (“走吗？”他问)."""
    said = text.rstrip().rstrip("".join(AFTER_END))
    if not said or said[-1] not in ENDS:
        return False
    return opens or said == text.rstrip()


def together(line: list[Piece]) -> Iterator[Piece]:
    """Yield pieces with the figures of a number in one, and long Latin words and long words of pinyin in several."""
    lengths: dict[int, int] = {}
    for base, _over, word in line:
        lengths[word] = lengths.get(word, 0) + len(base)
    figures, apart = "", APART
    for base, over, word in line:
        if not over and base.isdecimal():
            figures += base
            continue
        if figures:
            yield figures, "", UNREAD
            figures = ""
        if not over and len(base) > 1:
            *before, last = LATIN.findall(base)
            yield from ((part, "", GOES_ON) for part in before)
            yield last, "", UNREAD
        elif over and lengths[word] > LONGEST:
            apart -= 1
            yield base, over, apart
        else:
            yield base, over, word
    if figures:
        yield figures, "", UNREAD
