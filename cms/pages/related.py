"""What surrounds a holding on its page: names, ties from both ends, sources, neighbours; few queries for any number."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Case, Q, QuerySet, When
from django.http import HttpRequest
from wagtail.models import Page

from cms.catalogue.bilingual import CHINESE, ENGLISH, Said, in_english, say
from cms.catalogue.prose import IN_ENGLISH, Block, Link, blocks
from cms.catalogue.script import written
from cms.models import Citation, Holding, Name
from cms.models.kinds import kind_of
from cms.models.relation import Relation
from cms.pages.era import Year, strip
from cms.pages.highlighting import Found
from cms.pages.name_history import Spell, spells
from cms.pages.order import UNNUMBERED, in_order, numbered
from cms.visibility import visible

UNDERLINE = {"people": "pn", "places": "pl"}
LISTED = 60
# Sorts others' relations after a holding's own.
UNDER = 1_000_000
# Root, home and shelf are above every holding.
TOP = 4
H = TypeVar("H", bound=Holding)


@dataclass(frozen=True)
class Tie:
    """One related holding, and what is said of it before its name on this one's page."""

    label: str
    holding: Holding
    as_printed: str


def suffix(lang: str) -> str:
    """Return what ends the fragments of paragraphs in a language."""
    return IN_ENGLISH if lang == ENGLISH else ""


def with_pictures(queryset: "QuerySet[H]") -> "QuerySet[H]":
    """Fetch covers and the sizes made of them along with the holdings."""
    return queryset.select_related("cover").prefetch_related("cover__renditions")


class Surroundings:
    """Read from templates as `around`; each part is fetched when it is first asked for.

    `pictured` fetches the pictures of what is near along with it, for a kind that shows them.
    """

    def __init__(self, holding: Holding, request: HttpRequest, pictured: bool = False) -> None:
        self.holding, self.request, self.pictured = holding, request, pictured

    @cached_property
    def kind(self) -> type[Holding]:
        """The holding's kind, with its glyph and tone."""
        return type(self.holding)

    @property
    def previewed(self) -> bool:
        """Whether an editor looks at what is in the form and not yet saved."""
        return getattr(self.request, "is_preview", False)

    @cached_property
    def names(self) -> list[Name]:
        """Its names in the order that the librarian gave them."""
        itself = None if self.previewed else self.near.get(self.holding.pk)
        return list((itself or self.holding).names.all())

    @cached_property
    def strip(self) -> list[Spell]:
        """The names shown at the top of the page by the time of their use, oldest first as far as known.

        One that reads as the title above it says nothing to this reader.
        """
        title = say(self.holding, "title").text
        return spells(n for n in self.names if n.is_display and n.text != title)

    @property
    def dated(self) -> bool:
        """Whether its names followed one another."""
        return any(spell.start for spell in self.strip)

    @cached_property
    def citations(self) -> list[Citation]:
        """Its sources."""
        return list(self.holding.citations.all())

    @cached_property
    def relations(self) -> tuple[list[Relation], list[Relation]]:
        """Its own relations in their order, and those of others to it; a preview shows its own as they are in the form."""
        pk = self.holding.pk
        own_first = Case(When(holding=pk, then="sort_order"), default=UNDER)
        rows = Relation.objects.filter(Q(holding=pk) | Q(target=pk)).order_by(own_first, "pk")[:500] if pk else []
        inbound = [r for r in rows if r.target_id == pk]
        if self.previewed:
            return list(self.holding.relations.all()), inbound
        return [r for r in rows if r.holding_id == pk], inbound

    @cached_property
    def near(self) -> dict[int, Holding]:
        """What this visitor may see around it, fetched at once: itself, the related, those above, before and after."""
        own, inbound = self.relations
        ids = {self.holding.pk} | {r.target_id for r in own} | {r.holding_id for r in inbound}
        wanted = Q(pk__in=ids - {None}) | Q(pk__in=self.turn(after=False)) | Q(pk__in=self.turn(after=True))
        if paths := [self.holding.path[: 4 * depth] for depth in range(TOP, self.holding.depth)]:
            wanted |= Q(pk__in=Page.objects.filter(path__in=paths).values("pk"))
        rows = numbered(visible(Holding.objects.filter(wanted), self.request)).prefetch_related("names")
        return {row.pk: row for row in (with_pictures(rows) if self.pictured else rows)}

    @cached_property
    def ties(self) -> list[Tie]:
        """Related holdings that this visitor may see, from both ends, its own relations first."""
        own, inbound = self.relations
        seen = self.near
        made = [
            Tie(str(self.kind.said_of(r.role).here), seen[r.target_id], r.as_printed)
            for r in own
            if r.target_id in seen
        ]
        known = {t.holding.pk for t in made}
        for r in inbound:
            if r.holding_id in seen and r.holding_id not in known:
                known.add(r.holding_id)
                other = seen[r.holding_id]
                made.append(Tie(str(kind_of(other).said_of(r.role).there), other, ""))
        return made

    @cached_property
    def groups(self) -> list[tuple[type[Holding], list[Tie]]]:
        """The ties by kind, as the chips beside the text show them; the first of many."""
        by_kind: dict[type[Holding], list[Tie]] = defaultdict(list)
        known: set[int] = set()
        for tie in self.ties:
            if tie.holding.pk not in known:
                known.add(tie.holding.pk)
                by_kind[kind_of(tie.holding)].append(tie)
        return [(kind, ties[:LISTED]) for kind, ties in by_kind.items()]

    def tied_to(self, model_name: str) -> list[Tie]:
        """Return the ties to one kind."""
        return [t for t in self.ties if kind_of(t.holding)._meta.model_name == model_name]

    @cached_property
    def years(self) -> list[Year]:
        """The years of what is near, its own among them."""
        beside = [other for other in (self.previous, self.next) if other]
        return strip(self.holding, [*(tie.holding for tie in self.ties), *beside])

    @cached_property
    def linked_names(self) -> dict[str, Link]:
        """Every name under which a related holding may stand in the text."""
        found: dict[str, Link] = {}
        for tie in self.ties:
            holding = tie.holding
            link = Link(holding.get_url(self.request) or "", UNDERLINE.get(kind_of(holding).facet, "wk"))
            names = [holding.title, holding.title_en, tie.as_printed, *(n.text for n in holding.names.all())]
            found.update({n: link for n in names if len(n) > 1 and n not in found})
        return found

    @cached_property
    def said(self) -> Said:
        """The text of the body, and in which language and script it is."""
        said = say(self.holding, "body")
        return said if said.lang == ENGLISH else replace(said, lang=self.script)

    @cached_property
    def script(self) -> str:
        """The tag of the Chinese that the holding is written in: an old book's is traditional."""
        return written(getattr(self.holding, "body", ""))

    @cached_property
    def found(self) -> Found:
        """The words that led the reader here."""
        return Found(self.request.GET)

    @cached_property
    def body(self) -> list[Block]:
        """The running text in the reader's language, with the related names linked and what was looked for marked."""
        if not self.holding.shows_body:
            return []
        return self.found.blocks(blocks(self.said.text, self.linked_names, suffix(self.said.lang)))

    @cached_property
    def abstract(self) -> list[Block]:
        """The same text in the other language, where it has one."""
        if not self.holding.shows_body or self.said.fallback:
            return []
        field, lang = ("body", CHINESE) if in_english() else ("body_en", ENGLISH)
        return self.found.blocks(blocks(getattr(self.holding, field, ""), suffix=suffix(lang)))

    @cached_property
    def headings(self) -> list[Block]:
        """The contents of a long text."""
        return [b for b in self.body if b.form == "heading"]

    @cached_property
    def leaves(self) -> list[str]:
        """The leaf numbers in a text from an old book."""
        return [p.text for b in self.body for p in b.pieces if p.form == "leaf"]

    @cached_property
    def parents(self) -> list[Holding]:
        """The holdings above this one, from the top."""
        above = [h for h in self.near.values() if self.holding.path.startswith(h.path) and h.pk != self.holding.pk]
        return sorted(above, key=lambda h: h.path)

    @cached_property
    def parts(self) -> "QuerySet[Holding]":
        """The holdings right under this one, in their order."""
        under = Holding.objects.filter(path__startswith=self.holding.path, depth=self.holding.depth + 1)
        return in_order(with_pictures(visible(under, self.request)))

    @cached_property
    def branches(self) -> list[tuple[Holding, list[Holding]]]:
        """The holdings right under this one, each with those under it."""
        depth = self.holding.depth + 1
        below = Holding.objects.filter(path__startswith=self.holding.path, depth__in=(depth, depth + 1))
        parts: list[Holding] = []
        children: dict[str, list[Holding]] = defaultdict(list)
        for row in in_order(with_pictures(visible(below, self.request))):
            (parts if row.depth == depth else children[row.path[:-4]]).append(row)
        return [(part, children[part.path]) for part in parts]

    @property
    def here(self) -> tuple[int, str]:
        """Where the holding stands among those beside it."""
        number = getattr(self.holding, self.kind.order, 0) if self.kind.order else 0
        return number or UNNUMBERED, self.holding.path

    def turn(self, after: bool) -> "QuerySet[Holding, Any]":
        """Return the key of the visible holding of this kind before or after it on the same branch."""
        (place, path), sign = self.here, "gt" if after else "lt"
        siblings = Holding.objects.filter(
            path__startswith=path[:-4], depth=self.holding.depth, content_type_id=self.holding.content_type_id
        )
        there = numbered(siblings).filter(Q(**{f"rank__{sign}": place}) | Q(rank=place, **{f"path__{sign}": path}))
        order = ("rank", "path") if after else ("-rank", "-path")
        return visible(there, self.request).order_by(*order).values("pk")[:1]

    def beside(self) -> list[tuple[tuple[int, str], Holding]]:
        """Return the siblings among what is near, in their order, each with where it stands."""
        mine = self.holding
        alike = [h for h in self.near.values() if h.depth == mine.depth and h.content_type_id == mine.content_type_id]
        return sorted(((h.rank, h.path), h) for h in alike if h.path[:-4] == mine.path[:-4])

    @cached_property
    def previous(self) -> Holding | None:
        """The one before it on the same branch."""
        return next((h for place, h in reversed(self.beside()) if place < self.here), None)

    @cached_property
    def next(self) -> Holding | None:
        """The one after it on the same branch."""
        return next((h for place, h in self.beside() if place > self.here), None)
