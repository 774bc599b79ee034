"""Facets of a search: each value with its count, and the address without it where it is chosen."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.catalogue.bilingual import say
from cms.catalogue.districts import SUBDISTRICTS
from cms.finding.request import FACETS, YEARS, Asked
from cms.models import Holding
from cms.models.kinds import kind_named
from cms.pages.decades import decade_label
from search.finding import Answer

SHOWN = 12


@dataclass(frozen=True)
class Value:
    """One value of a facet; `without` is the address of the search without it."""

    key: str
    label: str
    count: int
    chosen: bool
    without: str
    css: str = ""


@dataclass(frozen=True)
class Facet:
    """A facet with its values; `name` is the parameter in the address."""

    name: str
    label: str
    values: list[Value]

    @property
    def most(self) -> int:
        """The largest count, for drawing bars."""
        return max((v.count for v in self.values), default=1) or 1


@dataclass(frozen=True)
class Taken:
    """A filter that is on, as a chip says it, and the address without it."""

    label: str
    without: str


def called(name: str, keys: list[Any], seen: dict[int, Holding], themes: dict[str, str]) -> dict[Any, str]:
    """Return what each value is called; a value without a label is not shown."""
    if name == "kinds":
        return {k: str(kind._meta.verbose_name_plural) for k in keys if (kind := kind_named(k))}
    if name == "decades":
        return {k: decade_label(k) for k in keys}
    if name == "themes":
        return themes
    if name == "places":
        return {k: say(seen[k], "title").text for k in keys if k in seen}
    fixed = {"languages": {"zh": _("有中文"), "en": _("有英文")}, "pictures": {"yes": _("有图片")}}
    return fixed.get(name) or {key: str(label) for key, label in SUBDISTRICTS}


def ordered(name: str, counted: list[tuple[Any, int]], chosen: tuple[Any, ...]) -> list[tuple[Any, int]]:
    """Return the values to show: decades in time, the rest by count; chosen ones always, even where nothing has them."""
    known = {key for key, _count in counted}
    pairs = [*counted, *((key, 0) for key in chosen if key not in known)]
    if name == "decades":
        return sorted(pairs)
    return [pair for n, pair in enumerate(pairs) if n < SHOWN or pair[0] in chosen]


def facets(asked: Asked, found: Answer, seen: dict[int, Holding], themes: dict[str, str]) -> list[Facet]:
    """Return the facets of an answer, those with nothing to choose left out; `seen` has the places by id."""
    titles = {
        "kinds": _("种类"),
        "decades": pgettext("筛选", "年代"),
        "places": pgettext("筛选", "地方"),
        "subdistricts": _("街道镇"),
        "themes": _("主题"),
        "languages": _("文字"),
        "pictures": _("图片"),
    }
    made = []
    for name, parameter in FACETS.items():
        chosen = getattr(found.query, name)
        counted = ordered(name, found.hits.facets.get(name, []), chosen)
        known = called(name, [k for k, _n in counted], seen, themes)
        values = [
            Value(str(k), known[k], n, k in chosen, asked.without(parameter, str(k)), css(name, k))
            for k, n in counted
            if k in known
        ]
        if values:
            made.append(Facet(parameter, titles[name], values))
    return made


def css(name: str, key: str | int) -> str:
    """Return the tone of a kind's tag."""
    kind = kind_named(str(key)) if name == "kinds" else None
    return kind.tone if kind else ""


def taken(asked: Asked, made: list[Facet]) -> list[Taken]:
    """Return every filter that is on."""
    chips = [Taken(v.label, v.without) for facet in made for v in facet.values if v.chosen]
    if asked.first or asked.last:
        chips.append(Taken(f"{asked.first or '…'}–{asked.last or '…'}", asked.changed(*YEARS)))
    return chips
