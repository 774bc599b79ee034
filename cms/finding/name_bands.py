"""What the words of a search were taken for: the band of a thing's names, and the choice between namesakes."""

from collections.abc import Iterator
from dataclasses import dataclass

from cms.catalogue.bilingual import CHINESE, ENGLISH
from cms.finding.request import Asked
from cms.models import Holding, Name
from cms.pages.name_history import Spell, spells, year_said
from search.finding import Answer
from search.reasons import distinct, same
from search.sounds import spoken_ways, typed_sound
from search.understanding import Meaning


@dataclass(frozen=True)
class Called:
    """One name, and how many hits have it; None where it was not searched, since other things share it."""

    text: str
    lang: str
    count: int | None
    typed: bool


@dataclass(frozen=True)
class Turn:
    """A name in Han characters, or none, with those in letters of the same time; `now` is today's."""

    since: str
    han: Called | None
    letters: list[Called]
    now: bool

    @property
    def typed(self) -> bool:
        """Whether this is what the reader typed."""
        return any(name.typed for name in (self.han, *self.letters) if name)


@dataclass(frozen=True)
class Band:
    """A thing that the words are a name of, with all its names in the order of time.

    `relation` says what was typed: its `title`, a `former` name with an end, or an `other` one.
    """

    typed: str
    heard: bool
    relation: str
    holding: Holding
    turns: list[Turn]
    names: int

    @property
    def dated(self) -> bool:
        """Whether the names followed one another; a person's stand side by side."""
        return any(turn.since for turn in self.turns)


@dataclass(frozen=True)
class Namesake:
    """One of several things of one name, when it was called so, and the address that means it."""

    holding: Holding
    times: str
    url: str


@dataclass(frozen=True)
class Namesakes:
    """The things of one name: the one chosen, if any, and the others."""

    typed: str
    chosen: Holding | None
    others: list[Namesake]
    all_url: str


def bands(found: Answer, seen: dict[int, Holding], names: dict[int, list[Name]]) -> list[Band]:
    """Return a band for each thing meant that has more than one name; `seen` has the things by id, `names` what they are called."""
    meant = [m for m in found.understood.meanings if m.holding in seen]
    bands = [_band(m, seen[m.holding], names.get(m.holding, []), found) for m in meant]
    return [band for band in bands if band.names > 1]


def heard(found: Answer) -> list[Meaning]:
    """Return what was only heard: words of titles and names that sound like what was typed."""
    return [m for m in found.understood.meanings if not m.holding]


def namesakes(asked: Asked, found: Answer, seen: dict[int, Holding], names: dict[int, list[Name]]) -> list[Namesakes]:
    """Return the choices, a set for each ambiguous name."""
    taken = {(m.typed, m.holding) for m in found.understood.meanings}
    choices = [m for m in found.understood.choices if m.holding in seen]
    made = []
    for typed in dict.fromkeys(m.typed for m in choices):
        alike = [m for m in choices if m.typed == typed]
        chosen = next((seen[m.holding] for m in alike if (typed, m.holding) in taken), None)
        rest = [m for m in alike if seen[m.holding] is not chosen]
        others = [
            Namesake(seen[m.holding], _times(m, names.get(m.holding, [])), asked.changed(**{"as": str(m.holding)}))
            for m in rest
        ]
        made.append(Namesakes(typed, chosen, others, asked.changed("as")))
    return made


def _times(meaning: Meaning, names: list[Name]) -> str:
    """Return the years in which it was called so, as `1945–1950`."""
    then = [name for name in names if same(name.text, meaning.typed)]
    times = [
        f"{year_said(name.valid_from)}–{year_said(name.valid_to)}" for name in then if name.valid_from or name.valid_to
    ]
    return next(iter(times), "")


def _band(meaning: Meaning, holding: Holding, names: list[Name], found: Answer) -> Band:
    turns = [turn for spell in _in_time(holding, names) for turn in _turns(spell, meaning, found, holding)]
    relation = _relation(meaning.typed, holding, names)
    return Band(meaning.typed, meaning.heard, relation, holding, turns, len(distinct(meaning.names, str)))


def _relation(typed: str, holding: Holding, names: list[Name]) -> str:
    if any(same(typed, title) for title in (holding.title, holding.title_en) if title):
        return "title"
    return "former" if any(name.valid_to and same(typed, name.text) for name in names) else "other"


def _in_time(holding: Holding, names: list[Name]) -> list[Spell]:
    """Return the names by time with the title, today's name, in the last."""
    titles = [Name(text=holding.title, language=CHINESE)]
    titles += [Name(text=holding.title_en, language=ENGLISH)] if holding.title_en else []
    old = [name for name in names if not any(same(name.text, title.text) for title in titles)]
    found = spells(old)
    since = next((name.valid_from for name in names if name not in old and name.valid_from), "")
    # Names in letters that are still in use stand beside the title.
    last = next((spell for spell in reversed(found) if spell.start and not spell.han and not spell.end), None)
    if last:
        found.remove(last)
    today = last or Spell(since, "")
    today.han, today.letters = titles[:1], [*titles[1:], *today.letters]
    return [*found, today]


def _turns(spell: Spell, meaning: Meaning, found: Answer, holding: Holding) -> Iterator[Turn]:
    """Yield a turn for each spelling in Han; the letters stand beside the first. Traditional forms are the same name."""
    latest = distinct(reversed(spell.han), lambda name: name.text)[::-1]
    han = [_called(name, meaning, found) for name in latest]
    letters = [_called(name, meaning, found) for name in spell.letters]
    for place, name in enumerate(han or [None]):
        now = name is not None and name.text == holding.title
        yield Turn(spell.since, name, [] if place else letters, now)


def _called(name: Name, meaning: Meaning, found: Answer) -> Called:
    typed = same(name.text, meaning.typed) or (
        meaning.heard and typed_sound(meaning.typed) in map("".join, spoken_ways(name.text))
    )
    return Called(name.text, name.language, found.count(name.text), typed)
