"""What the pages of the site show of exhibitions, and what exhibitions, sections and exhibits show beside their own fields."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone

from cms.models import Holding
from cms.models.relation import Role
from cms.models.visible_page import shown_on
from cms.pages.home import on_front
from cms.pages.pagination import page_number
from cms.pages.related import Surroundings
from cms.visibility import visible
from exhibitions.looking import look
from exhibitions.models import Exhibit, Exhibition, ItineraryLeg, Section
from exhibitions.opening import run_of, state_of
from exhibitions.route import Route, route
from exhibitions.seating import Plan, on_page
from exhibitions.today import in_words
from exhibitions.walls import first_close_look, hung, of_section, room, rooms, sections_of, with_sizes

PER_PAGE = 48
"""Exhibits on a page of a section."""


@dataclass(frozen=True)
class Travelling:
    """An exhibition on the road, and its way."""

    show: Exhibition
    route: Route


@on_front("exhibitions/parts/travelling.html")
def travelling(request: HttpRequest) -> Travelling | None:
    """Return the newest exhibition that is on the road, where there is one."""
    rows = visible(Exhibition.objects.filter(legs__isnull=False).distinct(), request)
    show = rows.prefetch_related("legs").order_by("-date_earliest", "pk").first()
    return Travelling(show, way(list(show.legs.all()), None)) if show else None


def way(legs: list[ItineraryLeg], request: HttpRequest | None) -> Route:
    """Return the route of some legs today, with the places that this visitor may see; without a request, without places."""
    wanted = {leg.place_id for leg in legs if leg.place_id}
    places = visible(Holding.objects.filter(pk__in=wanted), request).in_bulk() if request and wanted else {}
    return route(legs, timezone.localdate(), places)


@shown_on(Exhibition)
def exhibition(page: Exhibition, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return its state today, its rooms or the list that was asked for, the seating plan, and the way it travels."""
    sections = sections_of(page, request)
    plan, legs = Plan(sections, request.GET), list(page.legs.all())
    shown = [] if plan.chosen else rooms(sections)
    with_sizes(page, *(on_page(plan) if plan.chosen else hung(shown)))
    close = first_close_look(shown)
    state = state_of(page.date_edtf, page.rest_days, timezone.localdate())
    return {
        "plan": plan,
        "rooms": shown,
        "sections": sections,
        "look": look(*close) if close else None,
        "place": place_of(context["around"]),
        "state": state,
        "today": in_words(state, bool(plan.all)) if state else None,
        "run": run_of(page.date_edtf),
        "route": way(legs, request) if legs else None,
    }


def place_of(around: Surroundings) -> Holding | None:
    """Return the place that the exhibition's own relations name as its own, where this visitor may see it."""
    own, _inbound = around.relations
    return next((around.near[r.target_id] for r in own if r.role == Role.AT and r.target_id in around.near), None)


@shown_on(Section)
def section(page: Section, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return the room, a page of it at a time."""
    some = of_section(page, request)
    pages = Paginator(some, PER_PAGE).get_page(page_number(request.GET.get("page", "")))
    with_sizes(*pages.object_list)
    return {
        "room": room(page, list(pages.object_list), len(pages.object_list)),
        "pages": Turning(pages.number, pages.paginator.num_pages),
    }


@dataclass(frozen=True)
class Turning:
    """Where one is among the pages of a section; read by the pager of the site."""

    number: int
    of: int

    @property
    def previous(self) -> str:
        """The address of the page before."""
        return f"?page={self.number - 1}" if self.number > 1 else ""

    @property
    def next(self) -> str:
        """The address of the page after."""
        return f"?page={self.number + 1}" if self.number < self.of else ""


@shown_on(Exhibit)
def exhibit(page: Exhibit, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return the close look, and what can be told of it: stories first, then events, then all else it is tied to."""
    ties = context["around"].groups
    return {
        "look": look(page, page.seen_close()),
        "told": [(kind, tie) for kind, some in sorted(ties, key=telling) for tie in some],
    }


def telling(group: tuple[type[Holding], list[Any]]) -> int:
    """Order kinds by how well they tell of a thing."""
    name = group[0]._meta.model_name or ""
    return TELLING.index(name) if name in TELLING else len(TELLING)


TELLING = ("story", "event", "person")
"""The kinds that come first beside an exhibit; a library without one of them has the others."""
