"""The library's own search at the bench: stories first, then the things they tell of, each to be added where it is seen."""

from dataclasses import dataclass

from django.http import HttpRequest

from cms.finding.exclusions import withheld
from cms.models import Holding
from cms.models.kinds import kinds
from cms.pages.related import with_pictures
from cms.visibility import visible
from search.finding import answer
from search.query import Query
from tours.guiding.gaps import story_of
from tours.models import Story, Tour

STORIES, OTHERS = 6, 12


@dataclass(frozen=True)
class Find:
    """One thing that was found; `story` is told of it, or is the thing itself; `taken` when the tour has it already."""

    holding: Holding
    story: Story | None
    taken: bool

    @property
    def is_story(self) -> bool:
        """Whether a story itself was found."""
        return self.story is not None and self.story.pk == self.holding.pk


@dataclass(frozen=True)
class Found:
    """What was found, and how many there are in all."""

    finds: list[Find]
    total: int
    degraded: bool


def found(words: str, tour: Tour, request: HttpRequest) -> Found | None:
    """Search the library for stories and for everything else but tours; None when nothing was asked."""
    if not words.strip():
        return None
    unseen = withheld(request, words)
    others = [name for kind in kinds() if (name := kind._meta.model_name) not in ("story", "tour")]
    sought = (("story",), STORIES), (others, OTHERS)
    answers = [answer(Query.read(words, kinds=names, exclude=unseen, size=most)) for names, most in sought]
    ids = [pk for one in answers for pk in one.hits.ids]
    seen = with_pictures(visible(Holding.objects.filter(pk__in=ids), request)).in_bulk()
    finds = finds_of([seen[pk] for pk in ids if pk in seen], tour, request)
    return Found(finds, sum(one.hits.total for one in answers), any(one.hits.degraded for one in answers))


def finds_of(holdings: list[Holding], tour: Tour, request: HttpRequest) -> list[Find]:
    """Return the holdings with the story told of each, and whether the tour has them."""
    stories = visible(Story.objects.filter(pk__in=[h.pk for h in holdings]), request).in_bulk()
    told = story_of(holdings, request)
    stops = list(tour.stops.values_list("holding", "story"))
    taken = {pk for stop in stops for pk in stop}
    return [Find(h, stories.get(h.pk) or told.get(h.pk), h.pk in taken) for h in holdings]
