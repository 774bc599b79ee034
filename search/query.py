"""A reader's question, always bounded and always valid, whatever was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from search import analysis
from search.document import FACETS, Value
from search.folding import APOSTROPHES, fold
from search.numbers import joined
from search.numerals import others

LONGEST = 256
"""Characters of a query that are read."""
MOST_PHRASES = 16
MOST_ALIASES = 24
MOST_VALUES = 50
MOST_PAGES = 10_000
LARGEST_PAGE = 100
SORTS = ("relevance", "oldest", "newest")

_quoted = re.compile('["＂“”]([^"＂“”]*)["＂“”]|([^"＂“”]+)')
_parting = re.compile(rf"[^\w{APOSTROPHES}{analysis.MARKS}{analysis.HYPHENS}]+")
_spread = re.compile(rf"(?<!\w)[{analysis.CJK}](?: [{analysis.CJK}])+(?!\w)")
_unreadable = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something that must stand in the text as one: the terms to look up, the string to check, the words as typed."""

    typed: str
    folded: str
    literal: str
    exact: bool

    @property
    def terms(self) -> list[str]:
        """What to look up in the index."""
        return analysis.terms(self.folded)

    @property
    def single(self) -> bool:
        """Whether it is one character or one word, which stands wherever its term is listed."""
        return len(analysis.elements(self.folded)) == 1

    @property
    def needle(self) -> str:
        """What must be a substring of the document's chain."""
        return self.literal if self.exact else self.folded


def phrase(words: str, *, exact: bool) -> Phrase | None:
    """The words as one phrase; None when nothing in them could stand in a text."""
    folded = analysis.chain(words)
    return Phrase(words, folded, analysis.chain(words, exact=True), exact) if folded else None


@dataclass(frozen=True, slots=True)
class Alias:
    """Other words for what was typed, be it the whole query or one word of it; any of them will do."""

    typed: str
    others: tuple[str, ...]


Group = tuple[Phrase, ...]
"""Alternatives: one of them must be found."""


@dataclass(frozen=True)
class Query:
    """Words, filters and a page. All words must be found, each as typed or by an alias; values of one facet are alternatives.

    `since` and `until` are ordinals, days: a holding's span must meet them, and an open end goes on. `first` are ids that are
    found whatever their words are, and come before all others. `exclude` are ids that the reader may not see: never counted,
    never returned. `apart` takes single characters between spaces (李 梅) for words, not for a name spread by spaces.
    Build one from what a reader sent with `read`.
    """

    text: str = ""
    exact: bool = False
    kinds: tuple[str, ...] = ()
    decades: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()
    subdistricts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    aliases: tuple[Alias, ...] = ()
    first: tuple[int, ...] = ()
    exclude: frozenset[int] = frozenset()
    apart: bool = False
    page: int = 1
    size: int = 20
    sort: str = "relevance"

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "text", " ".join(_unreadable.sub(" ", self.text[: 4 * LONGEST]).split())[:LONGEST])
        put(self, "page", min(max(self.page, 1), MOST_PAGES))
        put(self, "size", min(max(self.size, 1), LARGEST_PAGE))
        put(self, "sort", self.sort if self.sort in SORTS else SORTS[0])

    @classmethod
    def read(
        cls,
        text: object = "",
        *,
        exact: bool = False,
        kinds: Iterable[object] = (),
        decades: Iterable[object] = (),
        places: Iterable[object] = (),
        themes: Iterable[object] = (),
        subdistricts: Iterable[object] = (),
        languages: Iterable[object] = (),
        pictures: Iterable[object] = (),
        since: int | None = None,
        until: int | None = None,
        exclude: Iterable[int] = (),
        page: object = 1,
        size: int = 20,
        sort: object = "",
    ) -> Query:
        """A query from what a reader sent: anything is accepted, what makes no sense is left out."""
        return cls(
            text=str(text or ""),
            exact=exact,
            kinds=_words(kinds),
            decades=_numbers(decades),
            places=_numbers(places),
            themes=_words(themes),
            subdistricts=_words(subdistricts),
            languages=_words(languages),
            pictures=_words(pictures),
            since=since,
            until=until,
            exclude=frozenset(exclude),
            page=_number(page, otherwise=1),
            size=size,
            sort=str(sort),
        )

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """The words as typed; a quoted phrase is exact, and so is everything in exact mode."""
        found = {(phrase.needle, phrase.exact): phrase for phrase in self._phrases()}
        return tuple(found.values())[:MOST_PHRASES]

    def _phrases(self) -> Iterator[Phrase]:
        for quoted, bare in _quoted.findall(self.text):
            exact = self.exact or bool(quoted)
            typed = [quoted or bare] if quoted else bare.split() if exact else _parting.split(self._joined(bare))
            yield from filter(None, (phrase(words, exact=exact) for words in typed))

    def _joined(self, words: str) -> str:
        """The words with numbers as the index has them, and names that are spread by spaces in one."""
        # ○, ⾼ and ㈠ are no letters to Unicode, and would part words.
        words = joined("".join(sign if sign.isalnum() else _as_letter(sign) for sign in words))
        return words if self.apart else _spread.sub(lambda name: name[0].replace(" ", ""), words)

    @property
    def spread(self) -> bool:
        """Whether single characters between spaces were taken for one name."""
        return not (self.exact or self.apart) and bool(_spread.search(self.text))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """What must all be found: each phrase with its aliases, or the whole query with the aliases of the whole."""
        aliases = {analysis.chain(alias.typed): alias for alias in self.aliases}
        if self.phrases and self.whole in aliases:
            whole = phrase(self.text, exact=False)
            return (self._alternatives(whole, aliases[self.whole]),) if whole else ()
        return tuple((one,) if one.exact else self._alternatives(one, aliases.get(one.folded)) for one in self.phrases)

    @staticmethod
    def _alternatives(typed: Phrase, alias: Alias | None) -> Group:
        """What was typed, its other names and the other spellings of its numbers, each once; the typed one first."""
        found = {typed.folded: typed}
        for words in (*others(typed.typed), *(alias.others if alias else ())):
            other = phrase(words, exact=False)
            if other:
                found.setdefault(other.folded, other)
        return tuple(found.values())[:MOST_ALIASES]

    @cached_property
    def sought(self) -> tuple[Phrase, ...]:
        """Every phrase that may stand in a hit, aliases too, in the order of the groups."""
        return tuple(phrase for group in self.groups for phrase in group)

    @cached_property
    def whole(self) -> str:
        """All words in a row, to recognise a title or a name typed in full."""
        return analysis.chain(joined(self.text.strip('"＂“”')))

    @property
    def impossible(self) -> bool:
        """Something was typed, but nothing that could stand in a text."""
        return bool(self.text) and not self.phrases

    def chosen(self) -> dict[str, frozenset[Value]]:
        """The filters that are set, by facet."""
        values = {facet: frozenset(getattr(self, facet)) for facet in FACETS}
        return {facet: wanted for facet, wanted in values.items() if wanted}


def _as_letter(sign: str) -> str:
    """A sign that is compared as a letter, as that letter."""
    folded = fold(sign)
    return folded if folded.isalnum() else sign


def _words(values: Iterable[object]) -> tuple[str, ...]:
    words = (_unreadable.sub("", str(value)).strip()[:LONGEST] for value in values)
    return tuple(dict.fromkeys(filter(None, words)))[:MOST_VALUES]


def _number(value: object, otherwise: int | None = None) -> int:
    """A whole number of at most 18 digits; 1e20, ٣ and -1 are the default."""
    digits = str(value).strip()[:20]
    if not re.fullmatch(r"-?[0-9]{1,18}", digits):
        if otherwise is None:
            raise ValueError(digits)
        return otherwise
    return int(digits)


def _numbers(values: Iterable[object]) -> tuple[int, ...]:
    numbers: dict[int, None] = {}
    for value in values:
        try:
            numbers[_number(value)] = None
        except ValueError:
            continue
    return tuple(numbers)[:MOST_VALUES]
