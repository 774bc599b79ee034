"""A tour as it is told: the right version, what the rights allow, nothing of what is hidden, in a fixed number of queries."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from exhibitions.models import Exhibit
from tours.guiding.telling import tell
from tours.guiding.versions import choose, lengths
from tours.models import Code, Script, Stop, Story, Tour

ALL = tuple((n, a, g) for n in (30, 180, 600) for a in ("general", "children") for g in ("zh-hans", "en"))


def queries(tour: Tour) -> int:
    """Count the queries of telling a tour."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        tell(Tour.objects.get(pk=tour.pk), None, scripts_of=tour.owner)
    return len(seen)


def test_as_many_queries_for_many_stops_as_for_few(
    exhibit: Callable, write: Callable, picture: Callable, draw_up: Callable[..., Tour]
) -> None:
    """Two stops or twenty: the same."""
    things = [exhibit(f"展品{n}", cover=picture(f"图{n}")) for n in range(20)]
    stories = [write(f"故事{n}", thing, versions=ALL[:2]) for n, thing in enumerate(things)]
    pairs = list(zip(things, stories, strict=True))
    assert queries(draw_up(*pairs[:2])) == queries(draw_up(*pairs))


@pytest.mark.parametrize(
    ("there", "wanted", "told"),
    [
        (ALL, (180, "children", "en"), (180, "children", "en")),
        (
            ((180, "general", "zh-hans"), (180, "children", "en")),
            (180, "children", "zh-hans"),
            (180, "general", "zh-hans"),
        ),
        (((30, "general", "en"), (600, "general", "en")), (180, "general", "en"), (30, "general", "en")),
        (((600, "general", "zh-hans"),), (30, "elders", "en"), (600, "general", "zh-hans")),
    ],
)
def test_the_nearest_version_is_told(write: Callable[..., Story], there: tuple, wanted: tuple, told: tuple) -> None:
    """Language first, then the listener, then a shorter one sooner than a longer; and it says when it is not the one wanted."""
    found = choose(write("故事", versions=there), *wanted)
    assert (found.version.length, found.version.audience, found.version.language) == told
    assert found.exact == (wanted == told)


def test_a_story_without_versions_tells_none(write: Callable[..., Story]) -> None:
    """A story just begun breaks nothing."""
    found = choose(write("空", versions=()), 180, "general", "en")
    assert (found.version, found.exact) == (None, False)


def test_the_lengths_on_offer_are_those_for_the_listener(write: Callable[..., Story]) -> None:
    """For children those for children; where there are none, those for everybody."""
    story = write("故事", versions=((30, "general", "en"), (180, "general", "en"), (600, "children", "en")))
    assert lengths(story, "children", "en") == [600]
    assert lengths(story, "elders", "en") == [30, 180]
    assert lengths(story, "general", "zh-hans") == []


def test_pictures_and_sources_come_along(
    picture: Callable, exhibit: Callable, write: Callable, draw_up: Callable[..., Tour]
) -> None:
    """Of the exhibit and of what the story tells of besides, with their credits."""
    case, bust = exhibit("行李箱", cover=picture("箱"), credit="自绘"), exhibit("胸像", cover=picture("像"))
    tour = draw_up((case, write("箱子的故事", case, bust)))
    told = tell(tour, None).stops[0]
    assert [(p.alt, p.credit) for p in told.pictures] == [("箱", "自绘"), ("像", "")]
    assert [(s.text, s.page) for s in told.sources] == [("某报", "3")]
    assert told.url.endswith(f"/q/{Code.objects.get(stop=told.stop).code}")


def test_a_tour_is_told_in_its_own_language(exhibit: Callable, write: Callable, draw_up: Callable[..., Tour]) -> None:
    """Whatever language the page round it is in."""
    case = exhibit("行李箱", title_en="A suitcase")
    tour = draw_up((case, write("故事", case, versions=ALL)), language="en", audience="children")
    told = tell(tour, None).stops[0]
    assert told.title.text == "A suitcase"
    assert told.paragraphs == ("故事，180 children en。",)
    assert told.sources[0].text == "A paper"


def test_what_the_rights_do_not_allow_is_left_out_and_named(
    picture: Callable, exhibit: Callable, write: Callable, draw_up: Callable[..., Tour]
) -> None:
    """In print its picture and text are gone, and it is named; on the web they stand."""
    case = exhibit("行李箱", cover=picture("箱"), summary="装满了纸", use_print=False)
    tour = draw_up((case, write("故事", case)))
    shown, printed = tell(tour, None).stops[0], tell(tour, None, use="print").stops[0]
    assert (len(shown.pictures), shown.summary, shown.withheld) == (1, "装满了纸", ())
    assert (printed.pictures, [one.pk for one in printed.withheld]) == ((), [case.pk])
    assert "装满" not in printed.summary
    assert printed.paragraphs == shown.paragraphs


@pytest.mark.parametrize("way", ["unpublish", "restrict", "delete"])
def test_nothing_of_a_hidden_exhibit_is_told(
    picture: Callable, exhibit: Callable, write: Callable, draw_up: Callable[..., Tour], way: str
) -> None:
    """It is a gap with a number."""
    case, other = exhibit("机密箱", cover=picture("密图")), exhibit("胸像")
    tour = draw_up((case, None), (other, write("故事", other, case)))
    if way == "unpublish":
        case.unpublish()
    elif way == "delete":
        Exhibit.objects.get(pk=case.pk).delete()
    else:
        PageViewRestriction.objects.create(page_id=case.pk, restriction_type=PageViewRestriction.LOGIN)
    telling = tell(Tour.objects.get(pk=tour.pk), None)
    assert [told.gap for told in telling.stops] == [True, False]
    assert "机密箱" not in repr([(t.title, t.summary, t.sources, t.withheld) for t in telling.stops])
    assert not telling.stops[1].pictures


def test_scripts_are_read_for_their_owner_alone(
    exhibit: Callable, draw_up: Callable[..., Tour], guide: User, colleague: User
) -> None:
    """Nobody else's script is ever in a telling."""
    tour = draw_up((exhibit("行李箱"), None))
    Script.objects.create(stop=tour.stops.get(), owner=guide, text="先停三秒")
    assert tell(tour, None, scripts_of=guide).stops[0].script == "先停三秒"
    assert tell(tour, None, scripts_of=colleague).stops[0].script == ""
    assert tell(tour, None).stops[0].script == ""


def test_the_total_counts_walking(exhibit: Callable, draw_up: Callable[..., Tour]) -> None:
    """Telling and walking together."""
    telling = tell(draw_up((exhibit("一"), None), (exhibit("二"), None)), None)
    assert (telling.telling, telling.walking, telling.minutes) == (Decimal(6), Decimal(4), Decimal(10))


def test_a_stop_keeps_its_code(exhibit: Callable, draw_up: Callable[..., Tour]) -> None:
    """Saved again, moved in the order: what was printed still leads here."""
    tour = draw_up((exhibit("一"), None))
    stop = Stop.objects.get(tour=tour)
    code = stop.sign.code
    stop.sort_order = 7
    stop.save()
    tour.save_revision().publish()
    assert [one.code for one in Code.objects.all()] == [code]
