"""Telling a tour: everything that its stops are made of is read together, and put into words for one audience."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import override

from cms.catalogue.bilingual import CHINESE, ENGLISH, Said, say
from cms.catalogue.prose import plain_paragraphs
from cms.models import Citation, Holding, Relation
from cms.pages.related import with_pictures
from cms.visibility import visible
from tours.guiding.gaps import is_gap
from tours.guiding.texts import OwnText, own_texts
from tours.guiding.told import Picture, Source, Telling, Told
from tours.guiding.versions import Choice, choose
from tours.models import Audience, Language, Script, Stop, Story, Tour

MOST_PICTURES = 4
LANGUAGE_TAGS: dict[str, str] = {Language.CHINESE: CHINESE, Language.ENGLISH: ENGLISH}
NOBODY_CHOSE = Choice(None, True)
NO_TEXT = OwnText()


def tell(
    tour: Tour,
    request: HttpRequest | None,
    *,
    use: str = "web",
    audience: str = "",
    language: str = "",
    scripts_of: User | None = None,
    outline: bool = False,
    at: int = 0,
) -> Telling:
    """Return a tour as it is told: in as many queries for two hundred stops as for two.

    `use` is web, print or offline: what its rights do not allow is left out and named. `audience` and `language` are
    the tour's own unless given. `scripts_of` is the guide whose private scripts are wanted; nobody else's are read.
    An `outline` has titles, minutes and pictures: no version is chosen, no source read. `at` is the number of the one stop
    whose own text is wanted where no story is told, 0 for all.
    """
    audience, language = audience or tour.audience, language or tour.language
    with override(language):
        gathered = Gathered(tour, request, use, scripts_of, outline, at)
        stops = tuple(gathered.told(stop, n, audience, language) for n, stop in enumerate(gathered.stops, 1))
    return Telling(tour, audience, language, use, stops)


def stops_of(tour: Tour, request: HttpRequest | None) -> list[Stop]:
    """Return a tour's stops in their order, each with its `code`; in a preview those in the form, which have none yet."""
    if getattr(request, "is_preview", False):
        return list(tour.stops.all())
    return list(Stop.objects.annotate(code=F("sign__code")).filter(tour=tour).order_by("sort_order", "pk"))


class Gathered:
    """All that a tour's stops are made of, read together."""

    def __init__(
        self, tour: Tour, request: HttpRequest | None, use: str, scripts_of: User | None, outline: bool, at: int
    ) -> None:
        self.use, self.outline = use, outline
        self.stops = stops_of(tour, request)
        stories = {stop.story_id for stop in self.stops if stop.story_id}
        told = with_pictures(visible(Story.objects.filter(pk__in=stories), request))
        told = told if outline else told.prefetch_related("versions")
        self.stories = {story.pk: story for story in told}
        self.told_of: dict[int, list[int]] = {}
        ties = Relation.objects.filter(holding__in=self.stories).order_by("holding", "sort_order", "pk")
        for holding, target in ties.values_list("holding", "target"):
            self.told_of.setdefault(holding, []).append(target)
        wanted = {s.holding_id for s in self.stops if s.holding_id} | {
            pk for ties in self.told_of.values() for pk in ties
        }
        shown = visible(Holding.objects.filter(pk__in=wanted), request)
        self.holdings = {holding.pk: holding for holding in with_pictures(shown)}
        self.citations: dict[int, list[Citation]] = {}
        cited_by = set() if outline else {*self.holdings, *self.stories}
        for cited in Citation.objects.filter(holding__in=cited_by).order_by("sort_order", "pk"):
            self.citations.setdefault(cited.holding_id, []).append(cited)
        wanted_at = () if outline else self.stops[at - 1 : at] if at else self.stops
        untold = {stop.holding_id for stop in wanted_at if self.is_untold(stop)} - {None}
        self.texts = own_texts([self.holdings[pk] for pk in untold if self.allowed(self.holdings.get(pk))], use)
        own = Script.objects.filter(stop__in=self.stops, owner=scripts_of) if scripts_of else ()
        self.scripts = {script.stop_id: script.text for script in own}

    def is_untold(self, stop: Stop) -> bool:
        """Whether no story is told at a stop, so that its thing speaks for itself."""
        story = self.stories.get(stop.story_id)
        return story is None or not self.allowed(story) or not story.versions.all()

    def told(self, stop: Stop, number: int, audience: str, language: str) -> Told:
        """Return one stop as it is told, in the active language."""
        holding, story = self.holdings.get(stop.holding_id), self.stories.get(stop.story_id)
        seen = {one.pk for one in (holding, story) if one}
        choice = choose(story, stop.length, audience, language) if story and not self.outline else NOBODY_CHOSE
        thing = holding or story
        said = Said("", LANGUAGE_TAGS[language], False)
        mine: dict[str, Any] = {
            "way": say(stop, "way").text,
            "code": getattr(stop, "code", None) or "",
            "script": self.scripts.get(stop.pk, ""),
            "gap": is_gap(stop, seen),
        }
        if thing is None:
            return Told(number, stop, None, None, choice, said, **mine)
        return Told(
            number, stop, holding, story, choice, say(thing, "title"), **self.body(holding, story, choice), **mine
        )

    def allowed(self, holding: Holding | None) -> bool:
        """Whether the rights of a holding allow this use."""
        return holding is not None and bool(getattr(holding, f"use_{self.use}"))

    def body(self, holding: Holding | None, story: Story | None, choice: Choice) -> dict[str, Any]:
        """Return what is said and shown at a stop, but for what the use does not allow."""
        withheld = [h for h in (holding, story) if h and not self.allowed(h)]
        pictures = self.pictures(holding, story, withheld)
        facts = holding if self.allowed(holding) else None
        tale = story if self.allowed(story) else None
        version = choice.version if tale else None
        own = self.texts.get(facts.pk, NO_TEXT) if facts and not version else NO_TEXT
        return {
            "date": say(facts, "date_text").text if facts else "",
            "summary": say(facts or tale, "summary").text if facts or tale else "",
            "lines": tuple(say(tale, "lines").text.splitlines()) if tale else (),
            "paragraphs": tuple(plain_paragraphs(version.text)) if version else own.paragraphs,
            "lang": LANGUAGE_TAGS[Language(version.language)] if version else own.lang if own.paragraphs else "",
            "whole_at": own.whole_at,
            "pictures": pictures,
            "sources": self.sources(holding, story),
            "withheld": tuple({thing.pk: thing for thing in withheld}.values()),
        }

    def pictures(self, holding: Holding | None, story: Story | None, withheld: list[Holding]) -> tuple[Picture, ...]:
        """Return the pictures of the holding, the story, and what the story tells of; those not allowed are noted."""
        told_of = [self.holdings.get(pk) for pk in self.told_of.get(story.pk, ())] if story else []
        made: dict[int, Picture] = {}
        for thing in (holding, story, *told_of):
            if thing is None or thing.cover is None or thing.cover.withheld:
                continue
            if not self.allowed(thing):
                withheld.append(thing)
            else:
                alt = say(thing.cover, "alt").text or thing.cover.title
                made.setdefault(thing.cover.pk, Picture(thing.cover, alt, say(thing, "credit").text, thing))
        return tuple(made.values())[:MOST_PICTURES]

    def sources(self, holding: Holding | None, story: Story | None) -> tuple[Source, ...]:
        """Return the sources of the story and of the holding, each once."""
        cited = [c for thing in (story, holding) if thing for c in self.citations.get(thing.pk, ())]
        return tuple(dict.fromkeys(Source(say(c, "text").text, c.page, c.url) for c in cited))


def audience_named(name: str, tour: Tour) -> str:
    """Return an audience as an address gives it, or the tour's own."""
    return name if name in Audience.values else tour.audience


def language_named(name: str, tour: Tour) -> str:
    """Return a language as an address gives it, or the tour's own."""
    return name if name in Language.values else tour.language
