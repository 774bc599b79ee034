"""Minutes of walking: by the distance where it is known, a guess that says so where not, and a guide's own figure above both."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from authorities.models import Place
from cms.models import Holding, Relation, Shelf
from events.models import Event
from stations.models import Station
from tours.guiding.telling import tell
from tours.guiding.walks import metres, minutes
from tours.models import Stop, Tour

pytestmark = pytest.mark.django_db
CINEMA, TEMPLE, FARM = (31.20560, 121.42210), (31.17610, 121.44770), (31.11640, 121.45200)


@pytest.fixture
def bench(client: Client, guide: User) -> Client:
    """A browser in which the guide is logged in."""
    client.force_login(guide)
    return client


def shelve(kind: type[Holding], title: str, point: tuple[float, float] | None = None, **fields: object) -> Holding:
    """Put something on its shelf, with coordinates where it has any."""
    if point:
        fields |= {"latitude": Decimal(str(point[0])), "longitude": Decimal(str(point[1]))}
    return Shelf.objects.get(slug=kind.shelf.slug).add_child(instance=kind(title=title, **fields))


def add(bench: Client, tour: Tour, *things: Holding) -> list[tuple[Decimal, str]]:
    """Add things by the form of the page and return the walks as they stand then."""
    for thing in things:
        bench.post(reverse("guide_add", args=[tour.pk]), {"holding": thing.pk})
    return walks(tour)


def walks(tour: Tour) -> list[tuple[Decimal, str]]:
    """Return the minutes of each walk and whose figure it is."""
    return [(one.walking, str(one.walk)) for one in Stop.objects.filter(tour=tour).order_by("sort_order")]


def test_a_distance_in_minutes() -> None:
    """A degree of latitude is 111.2 km on the mean sphere; 700 m take 13 minutes with the detour, and never nothing."""
    assert round(metres((31, 121), (32, 121)) / 1000, 1) == 111.2
    assert round(metres(CINEMA, TEMPLE)) in range(4050, 4110)
    assert (minutes(700), minutes(1), minutes(10_000_000)) == (Decimal(13), Decimal("0.5"), Decimal(240))


def test_between_places_whose_coordinates_are_known(bench: Client, draw_up: Callable[..., Tour]) -> None:
    """4.09 km through the air, so 76 minutes; then as many as the way on takes."""
    tour = draw_up()
    places = [shelve(Place, name, point) for name, point in (("影城", CINEMA), ("龙华", TEMPLE), ("华泾", FARM))]
    far = [minutes(metres(*pair)) for pair in ((CINEMA, TEMPLE), (TEMPLE, FARM))]
    assert add(bench, tour, *places) == [(Decimal(0), "own"), (far[0], "measured"), (far[1], "measured")]
    page = bench.get(reverse("guide_tour", args=[tour.pk])).content.decode()
    assert "走约 76 分钟" in page
    assert "是估的" not in page


def test_whose_place_is_said_by_a_relation_or_by_what_it_stands_in(
    bench: Client, draw_up: Callable[..., Tour], exhibit: Callable
) -> None:
    """An event at a place, a station with coordinates of its own, an exhibit in an exhibition at a place."""
    temple = shelve(Place, "龙华", TEMPLE)
    event, station = (
        shelve(Event, "庙会"),
        shelve(Station, "书站", CINEMA, subdistrict=Station._meta.get_field("subdistrict").choices[0][0]),
    )
    Relation.objects.create(holding=event, target=temple, role="at")
    thing = exhibit("行李箱")
    show = Holding.objects.get(pk=thing.get_parent().get_parent().pk)
    Relation.objects.create(holding=show, target=shelve(Place, "华泾", FARM), role="at")
    found = add(bench, draw_up(), event, station, thing)
    assert [how for _minutes, how in found] == ["own", "measured", "measured"]
    assert found[1][0] == minutes(metres(TEMPLE, CINEMA))
    assert found[2][0] == minutes(metres(CINEMA, FARM))


def test_what_nobody_knows_is_a_guess_and_says_so(
    bench: Client, draw_up: Callable[..., Tour], exhibit: Callable
) -> None:
    """Two exhibits of one room, a thing without a place, a hidden place: at the stop, in the total, to visitors."""
    tour, hidden = draw_up(), shelve(Place, "不公开", TEMPLE)
    hidden.unpublish()
    event = shelve(Event, "庙会")
    Relation.objects.create(holding=event, target=hidden, role="at")
    found = add(bench, tour, exhibit("一"), exhibit("二"), shelve(Place, "影城", CINEMA), event)
    assert found[1:] == [(Decimal(1), "guessed")] * 3
    page = bench.get(reverse("guide_tour", args=[tour.pk])).content.decode()
    assert page.count("走 1 分钟（估）") == 3
    assert "走的里面有 3 分钟是估的" in page
    assert tell(tour, None).guessed == Decimal(3)
    bench.post(reverse("guide_show", args=[tour.pk]), {"show": "yes"})
    tour = Tour.objects.get(pk=tour.pk)
    assert "走 1 分钟（估）" in bench.get(tour.url).content.decode()
    assert "walk 1 min (estimate)" in bench.get(f"/en{tour.url}").content.decode()


def test_a_guides_own_figure_stays(bench: Client, draw_up: Callable[..., Tour]) -> None:
    """However the stops are ordered; the other walks follow the order."""
    tour = draw_up()
    places = [shelve(Place, name, point) for name, point in (("影城", CINEMA), ("龙华", TEMPLE), ("华泾", FARM))]
    add(bench, tour, *places)
    first, second, third = Stop.objects.filter(tour=tour).order_by("sort_order")
    fields = {"length": second.length, "minutes": second.minutes, "walking": "12", "story": ""}
    bench.post(reverse("guide_stop", args=[tour.pk, second.pk]), fields)
    assert walks(tour)[1] == (Decimal(12), "own")
    bench.post(reverse("guide_move", args=[tour.pk, third.pk]), {"to": "1"})
    assert walks(tour) == [
        (Decimal(0), "own"), (minutes(metres(FARM, CINEMA)), "measured"), (Decimal(12), "own"),
    ]  # fmt: skip
    bench.post(reverse("guide_remove", args=[tour.pk, first.pk]))
    assert walks(tour) == [(Decimal(0), "own"), (Decimal(12), "own")]


def test_a_figure_written_in_the_admin_or_a_table_is_a_persons(draw_up: Callable[..., Tour], exhibit: Callable) -> None:
    """What nobody estimated is not called an estimate."""
    tour = draw_up((exhibit("一"), None), (exhibit("二"), None))
    assert [how for _minutes, how in walks(tour)] == ["own", "own"]
    assert "估" not in "".join(told.walk_words for told in tell(tour, None).stops)


def test_fitting_keeps_what_it_promised(bench: Client, draw_up: Callable[..., Tour], exhibit: Callable) -> None:
    """The walks to what is dropped are walked on, and are still guesses."""
    tour = draw_up()
    add(bench, tour, *(exhibit(name) for name in "一二三四五"))
    page = bench.get(reverse("guide_fit", args=[tour.pk]), {"minutes": 9})
    promised = page.context["proposed"].minutes
    bench.post(reverse("guide_fit", args=[tour.pk]), {"proposal": page.context["signed"]})
    telling = tell(tour, None)
    assert telling.minutes == promised
    assert telling.guessed == telling.walking > 0
    bench.post(reverse("guide_restore", args=[tour.pk]), {"stop": "all"})
    assert walks(tour)[1:] == [(Decimal(1), "guessed")] * 4
