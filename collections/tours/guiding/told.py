"""A tour as it is told: each stop with its facts, story, pictures and sources, for one audience, language and use.

The page a guide speaks from, the printed pack, the single file and the visitor's page are all drawn from this.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from cms.catalogue.bilingual import Said
from cms.models import Holding
from media.models import Image
from tours.guiding.versions import Choice
from tours.models import Stop, Story, StoryVersion, Tour


@dataclass(frozen=True)
class Source:
    """Where what is said at a stop comes from."""

    text: str
    page: str
    url: str


@dataclass(frozen=True)
class Picture:
    """A picture of a holding, with the words for those who do not see it and where it is from."""

    image: Image
    alt: str
    credit: str
    holding: Holding


@dataclass(frozen=True)
class Told:
    """One stop as it is told. `gap` when its exhibit or its story is gone or out of sight; `withheld` is what the use does not allow.

    The `paragraphs` are the story's, or where none is told the thing's own, in the language `lang`; `whole_at` is where the rest
    of a long text stands.
    """

    number: int
    stop: Stop
    holding: Holding | None
    story: Story | None
    choice: Choice
    title: Said
    date: str = ""
    summary: str = ""
    lines: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    lang: str = ""
    whole_at: str = ""
    pictures: tuple[Picture, ...] = ()
    sources: tuple[Source, ...] = ()
    withheld: tuple[Holding, ...] = ()
    way: str = ""
    code: str = ""
    script: str = ""
    gap: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is left to show: neither an exhibit nor a story."""
        return self.holding is None and self.story is None

    @property
    def gap_words(self) -> str:
        """What is said of a gap."""
        return _("故事已撤下") if self.holding else _("展品已撤下")

    @property
    def marks(self) -> tuple[str, ...]:
        """What is to be said of the things told: made up for demonstration, or not yet verified."""
        shown = [thing for thing in (self.holding, self.story) if thing and thing not in self.withheld]
        sample, unverified = (any(getattr(one, name) for one in shown) for name in ("sample", "unverified"))
        return tuple(filter(None, (_("示例") if sample else "", _("待核") if unverified else "")))

    @property
    def walk_words(self) -> str:
        """The walk before it in words, and whether it is a guess; "" where there is none."""
        words = {
            Stop.Walk.OWN: _("走 %(n)s 分钟"),
            Stop.Walk.MEASURED: _("走约 %(n)s 分钟"),
            Stop.Walk.GUESSED: _("走 %(n)s 分钟（估）"),
        }
        return words[self.stop.walk] % {"n": floatformat(self.walking)} if self.walking else ""

    @property
    def version(self) -> StoryVersion | None:
        """The version told."""
        return self.choice.version

    @property
    def lacking(self) -> bool:
        """Whether the story has no version of the length, audience and language wanted, so that another stands in; unknown, and False, in an outline."""
        return self.story is not None and not self.choice.exact

    @property
    def minutes(self) -> Decimal:
        """Minutes at the stop."""
        return self.stop.minutes

    @property
    def walking(self) -> Decimal:
        """Minutes of walking before it."""
        return self.stop.walking

    @property
    def url(self) -> str:
        """The whole address behind its QR code."""
        return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/q/{self.code}"


@dataclass(frozen=True)
class Telling:
    """A whole tour as it is told."""

    tour: Tour
    audience: str
    language: str
    use: str
    stops: tuple[Told, ...] = field(default=())

    @property
    def minutes(self) -> Decimal:
        """Minutes of telling and walking together."""
        return self.telling + self.walking

    @property
    def telling(self) -> Decimal:
        """Minutes at the stops."""
        return sum((told.minutes for told in self.stops), Decimal(0))

    @property
    def walking(self) -> Decimal:
        """Minutes on the way."""
        return sum((told.walking for told in self.stops), Decimal(0))

    @property
    def guessed(self) -> Decimal:
        """Minutes on the way that nobody knows: neither a guide's figure nor a distance."""
        return sum((told.walking for told in self.stops if told.stop.walk == Stop.Walk.GUESSED), Decimal(0))

    @property
    def lacking(self) -> list[Told]:
        """The stops whose story lacks the version that is wanted."""
        return [told for told in self.stops if told.lacking]

    @property
    def gaps(self) -> list[Told]:
        """The stops whose exhibit or story is gone."""
        return [told for told in self.stops if told.gap]

    @property
    def withheld(self) -> list[Told]:
        """The stops from which something is left out for its rights."""
        return [told for told in self.stops if told.withheld]
