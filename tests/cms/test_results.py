"""The results page: counts that equal their lists, names and namesakes, years, near words, suggestions, few queries."""

import io
import re
import uuid
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.core.files.images import ImageFile
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from authorities.models import Period, Person, Place
from chronicle.models import Entry
from cms.finding.labels import read
from cms.finding.request import FACETS, repeated, span, year, years
from cms.models import Holding, Name, Relation, Theme
from media.models import Image
from search.engines import engine
from search.models import Outbox
from search.query import Query
from search.rebuilding import rebuild
from stations.models import Station

pytestmark = pytest.mark.django_db

MOST_QUERIES = 8
DOT = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)


ROAD = (
    ("西江路", "zh-Hans", "1901", "1906"),
    ("霞飞路", "zh-Hans", "1915-06", "1943"),
    ("霞飛路", "zh-Hant", "1915-06", "1943"),
    ("Avenue Joffre", "fr", "1915-06", "1943"),
    ("林森路", "zh-Hans", "1945-10", "1950-05-25"),
    ("Huaihai Zhonglu", "zh-Latn", "1950-05-25", ""),
)


@pytest.fixture
def library(put: Callable[..., Holding]) -> None:
    """A few holdings of several kinds, with every facet, in the index."""
    theme = Theme.objects.create(slug="roads", title="道路", title_en="Roads")
    cover = Image.objects.create(title="图", file=ImageFile(io.BytesIO(DOT), "dot.gif"))
    road = named(put(Place, "淮海中路", title_en="Huaihai Middle Road", date_text="1901年", cover=cover), *ROAD)
    named(put(Place, "淮海西路"), ("林森路", "zh-Hans", "1945-10", "1950-05-25"))
    named(put(Place, "徐家汇", title_en="Xujiahui"), ("徐家匯", "zh-Hant", "", ""), ("Zikawei", "fr", "", ""))
    named(put(Person, "徐光启", date_text="1562/1633"), ("Paul Siu", "en", "", ""), ("玄扈", "zh-Hans", "", ""))
    named(put(Period, "明", date_text="1368/1644"), ("Ming dynasty", "en", "", ""), ("明朝", "zh-Hans", "", ""))
    put(Station, "梧桐角", subdistrict="hunan", summary="出门就是霞飞路")
    for number in range(12):
        entry = put(
            Entry, f"路上之{number}", title_en="On it" if number % 2 else "", date_text=f"{1911 + number * 4}年"
        )
        entry.body = "霞飞路" if number % 3 else "上海"
        entry.themes.set([theme] if number % 4 else [])
        entry.relations.set([Relation(role="about", target=road)] if number < 3 else [])
        entry.save()
    rebuild()


def named(holding: Holding, *names: tuple[str, str, str, str]) -> Holding:
    """Give a holding names: text, language, from, to."""
    columns = ("text", "language", "valid_from", "valid_to")
    holding.names.set([Name(**dict(zip(columns, name, strict=True))) for name in names])
    holding.save()
    return holding


@pytest.fixture
def roads(road: Place, put: Callable[..., Place]) -> list[Place]:
    """Two more roads of which one name is that of the first."""
    found = [road, put(Place, "淮海东路", place_type="road"), put(Place, "淮海西路", place_type="road")]
    for place in found:
        place.names.add(Name(text="林森路", valid_from="1945-10", valid_to="1950-05-25"))
        place.save()
    rebuild()
    return found


def total(client: Client, asked: str) -> int:
    """Return how many a search finds."""
    return client.get(f"/search/?{asked}").context["hits"].total


@pytest.mark.parametrize("engine_name", ["whoosh", "elasticsearch"])
def test_every_count_equals_the_list_it_leads_to(
    request: pytest.FixtureRequest, settings: object, client: Client, engine_name: str
) -> None:
    """For words with and without names, with a filter on already, and with years."""
    if engine_name == "elasticsearch":
        settings.SEARCH_URL = f"{request.getfixturevalue('elasticsearch_url')}/zhihui-{uuid.uuid4().hex}"
        request.addfinalizer(lambda: (engine().building.clear(keep=()), engine().close()))
    request.getfixturevalue("library")
    seen = set()
    for asked in ("q=霞飞路", "q=路&from=1900&to=1950", "", "q=上海&kind=entry"):
        for facet in client.get(f"/search/?{asked}").context["facets"]:
            others = asked.replace("&kind=entry", "") if facet.name == "kind" else asked
            for value in facet.values:
                address = f"{others}&{facet.name}={quote(value.key)}"
                assert total(client, address) == value.count, address
                seen.add(facet.name)
    assert seen == set(FACETS.values())


def test_values_of_one_facet_are_alternatives_and_each_can_be_taken_off(client: Client, library: None) -> None:
    one, two = (total(client, f"q=霞飞路&kind={kind}") for kind in ("entry", "place"))
    page = client.get("/search/?q=霞飞路&kind=entry&kind=place&from=1900&decade=9990")
    assert total(client, "q=霞飞路&kind=entry&kind=place") == one + two > one > 0
    chips = [chip.label for chip in page.context["chosen"]]
    assert chips == ["条目", "地方", "9990年代", "1900–…"]
    urls = [QueryDict(chip.without[1:]) for chip in page.context["chosen"]]
    assert urls[0].getlist("kind") == ["place"]
    assert "from" not in urls[3]
    assert QueryDict(page.context["unfiltered_url"][1:]).dict() == {"q": "霞飞路"}


def test_years_are_whole_and_of_our_era() -> None:
    texts = ("1", "9999", " 1915 ", "１９１５", "0", "-3", "10000", "19x", "", "1e3", "²")
    assert [year(text) for text in texts] == [1, 9999, 1915, 1915, None, None, None, None, None, None, None]
    assert years(QueryDict("from=1950&to=1900")) == (1900, 1950)
    assert span(1, None) == (1, None)
    assert span(None, 1) == (None, 365)


@pytest.mark.each_database
def test_years_find_what_their_span_meets(client: Client, put: Callable[..., Holding]) -> None:
    put(Place, "甲", date_text="1943年12月")
    put(Place, "乙", date_text="1944年")
    put(Place, "丙", date_text="1901/..")
    put(Place, "丁")
    rebuild()
    titles = lambda asked: {r.holding.title for r in client.get(f"/search/?{asked}").context["results"]}  # noqa: E731
    assert titles("from=1944&to=1944") == {"乙", "丙"}
    assert titles("to=1943") == {"甲", "丙"}
    assert titles("to=1900") == set()
    assert titles("from=nonsense") >= {"甲", "乙"}


def test_links_repeat_only_what_the_page_knows() -> None:
    get = QueryDict("q=a&kind=entry&as=12&only=1&evil=1&from=19&to=x&sort=" + "s" * 99)
    assert repeated(get, Query.read("a", kinds=["entry"])).urlencode() == "q=a&kind=entry&from=19&only=1&as=12"


def test_the_band_has_the_names_in_time_and_marks_the_typed_one(client: Client, library: None) -> None:
    page = client.get("/search/?q=霞飞路")
    (band,) = page.context["bands"]
    assert [turn.han.text for turn in band.turns] == ["西江路", "霞飞路", "林森路", "淮海中路"]
    assert [turn.since for turn in band.turns] == ["1901", "1915", "1945", "1950"]
    assert [turn.typed for turn in band.turns] == [False, True, False, False]
    assert band.turns[-1].now
    assert {name.text for name in band.turns[-1].letters} == {"Huaihai Middle Road", "Huaihai Zhonglu"}
    counts = {turn.han.text: turn.han.count for turn in band.turns}
    # Others are called so too, and it was not searched.
    assert counts["林森路"] is None
    assert counts["霞飞路"] > 0
    assert "“霞飞路”是旧名，即" in page.content.decode()
    assert "“霞飞路” is an earlier name of" in client.get("/en/search/?q=霞飞路").content.decode()


@pytest.mark.parametrize(("typed", "title"), [("Paul Siu", "徐光启"), ("xujiahui", "徐家汇"), ("明朝", "明")])
def test_any_authority_has_a_band(client: Client, library: None, typed: str, title: str) -> None:
    for prefix in ("", "/en"):
        page = client.get(f"{prefix}/search/", {"q": typed})
        assert [band.holding.title for band in page.context["bands"]] == [title]


def test_only_the_words_without_other_names_and_back(client: Client, library: None) -> None:
    all_names = client.get("/search/?q=西江路&decade=1930")
    only = client.get(f"/search/{all_names.context['only_url']}")
    assert QueryDict(all_names.context["only_url"][1:]).dict() == {"q": "西江路", "decade": "1930", "only": "1"}
    assert only.context["bands"] == []
    assert only.context["hits"].total < all_names.context["hits"].total
    assert "only" not in only.context["only_url"]


def test_what_was_heard_is_said(client: Client, put: Callable[..., Place]) -> None:
    put(Place, "某处", body="", summary="土山湾旧址")
    put(Person, "土山湾画馆主人")
    rebuild()
    page = client.get("/search/?q=tushanwan")
    assert [one.names for one in page.context["heard"]] == [("土山湾",)]
    assert re.search("按拼音“tushanwan”查了：.*土山湾", page.content.decode(), re.S)


@pytest.mark.each_database
def test_of_several_things_of_one_name_each_can_be_chosen(client: Client, roads: list[Place]) -> None:
    page = client.get("/search/?q=林森路")
    (same,) = page.context["namesakes"]
    assert [(n.holding.title, n.times) for n in same.others] == [(r.title, "1945–1950") for r in roads]
    assert page.context["bands"] == []
    chosen = client.get(f"/search/{same.others[1].url}")
    (same,) = chosen.context["namesakes"]
    assert same.chosen.title == "淮海东路"
    assert [n.holding.title for n in same.others] == ["淮海中路", "淮海西路"]
    assert chosen.context["results"][0].holding.title == "淮海东路"
    assert "as" not in QueryDict(same.all_url[1:])


@pytest.mark.parametrize("odd", ["x", "0", "9" * 39, "%00", "-1", "１"])
def test_a_choice_of_nothing_is_no_choice(client: Client, roads: list[Place], odd: str) -> None:
    page = client.get(f"/search/?q=林森路&as={odd}")
    assert len(page.context["namesakes"][0].others) == len(roads)


def test_a_hidden_namesake_is_not_offered(client: Client, roads: list[Place]) -> None:
    roads[2].unpublish()
    (same,) = client.get("/search/?q=林森路").context["namesakes"]
    assert "淮海西路" not in [n.holding.title for n in same.others]


@pytest.mark.each_database
def test_near_words_are_offered_when_nothing_is_found(client: Client, library: None) -> None:
    page = client.get("/search/?q=下飞路&exact=1&only=1")
    assert "霞飞路" in [near.text for near, _url in page.context["nearby"]]
    near, url = page.context["nearby"][0]
    assert total(client, url[1:]) >= near.total > 0
    assert QueryDict(url[1:]).dict() == {"q": near.text}
    assert "没有“下飞路”。您找的是不是" in page.content.decode()


@pytest.mark.each_database
def test_names_and_themes_come_from_one_query(road: Place) -> None:
    Theme.objects.create(slug="roads", title="道路", title_en="Roads")
    with CaptureQueriesContext(connection) as queries:
        labels = read([road.pk])
    assert len(queries) == 1
    assert [name.text for name in labels.names[road.pk]] == ["霞飞路"]
    assert labels.themes["roads"] == "道路"


@pytest.mark.parametrize(
    "asked", ["q=霞飞路", "q=林森路", "q=xujiahui", "q=上海&kind=entry&from=1900", "q=没有这个词", ""]
)
def test_queries_are_few(client: Client, library: None, asked: str) -> None:
    """Once the index has caught up; while it is behind, what it still says of hidden things takes two more."""
    Outbox.objects.update(done=timezone.now())
    client.get(f"/search/?{asked}")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/search/?{asked}")
    assert len(queries) <= MOST_QUERIES
