"""Cases made from faults of systems like ours, as a reader meets them on pages."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation
from playwright.sync_api import Page as BrowserPage

from authorities.models import Place
from chronicle.models import Chapter, Entry, Work
from cms.catalogue.bilingual import say
from cms.catalogue.sorting import sort_key
from cms.importing import import_files
from cms.models import Holding, Name, Relation, Shelf
from cms.models.kinds import kind_named, kinds
from cms.pages.decades import decade_days, decade_label
from exhibitions.models import Exhibit, Exhibition, Section

CASES = settings.ROOT / "tests" / "cases"


def brought_in(*files: tuple[str, str]) -> None:
    """Bring in some case files as (kind, name)."""
    import_files([(kind_named(kind), CASES / f"{name}.csv") for kind, name in files])


def text_of(uid: str, prefix: str = "") -> str:
    """Return the page of a record."""
    with translation.override("zh-hans"):
        address = Holding.objects.get(uid=uid).url
    return Client().get(f"{prefix}{address}").content.decode()


def test_r02_an_event_says_its_day_and_its_hours(db: None) -> None:
    """In both languages, by the library's clock."""
    brought_in(("event", "R02"))
    assert "2026年12月5日 14:00—16:00" in text_of("R02-1")
    assert "5 December 2026, 14:00 to 16:00" in text_of("R02-1", "/en")


def test_r04_the_order_is_the_numbers(db: None) -> None:
    """In the contents and from one to the next, whatever the order of the rows was; 10 comes after 2."""
    brought_in(("work", "R04-work"), ("chapter", "R04-chapter"))
    listed = re.findall(r">(卷.{1,2})</a>", text_of("R04-W").partition('class="contents"')[2])
    assert listed == ["卷一", "卷二", "卷十"]
    turn = text_of("R04-C2").partition('class="turn')[2].partition("</nav>")[0]
    assert re.findall("卷[一十]", turn) == ["卷一", "卷十"]


@pytest.mark.each_database
def test_parts_without_a_number_come_last_as_they_stand(put: Callable[..., Holding]) -> None:
    """Chapters and entries side by side in a work; a number of one kind orders it among those of another."""
    work = put(Work, "徐汇简史")
    for title, number in (("丙", 0), ("丁", 0), ("乙", 2)):
        work.add_child(instance=Chapter(title=title, number=number))
    work.add_child(instance=Entry(title="甲", number=1))
    text = Client().get(work.url).content.decode().partition('class="contents"')[2]
    assert re.findall(">([甲乙丙丁])</a>", text) == ["甲", "乙", "丙", "丁"]


def test_exhibits_hang_by_their_numbers(put: Callable[..., Holding]) -> None:
    """On the page of the exhibition, on that of the section, and from one to the next."""
    section = put(Exhibition, "群星璀璨").add_child(instance=Section(title="开创"))
    for title, number in (("十号物", 10), ("二号物", 2), ("一号物", 1)):
        section.add_child(instance=Exhibit(title=title, number=number))
    for page in (section, section.get_parent()):
        hung = Client().get(page.url).content.decode()
        assert hung.index("一号物") < hung.index("二号物") < hung.index("十号物")
    second = Client().get(Exhibit.objects.get(title="二号物").url).content.decode().partition('class="turn')[2]
    assert re.findall("[一十]号物", second.partition("</nav>")[0]) == ["一号物", "十号物"]


@pytest.mark.each_database
def test_the_next_is_of_the_same_kind_and_may_be_seen(put: Callable[..., Holding]) -> None:
    """A chapter between two entries is no next entry, nor is one that is hidden."""
    work = put(Work, "徐汇简史")
    first = work.add_child(instance=Entry(title="第一条"))
    work.add_child(instance=Chapter(title="夹在中间的卷"))
    work.add_child(instance=Entry(title="藏起来的", live=False))
    work.add_child(instance=Entry(title="第二条"))
    turn = Client().get(first.url).content.decode().partition('class="turn')[2].partition("</nav>")[0]
    assert "第二条" in turn
    assert "夹在中间的卷" not in turn
    assert "藏起来的" not in turn


def test_what_is_related_is_no_neighbour_for_that(put: Callable[..., Holding]) -> None:
    """Neither a chapter right beside an entry nor an entry of another book, though the page has read them."""
    one, other = put(Work, "徐汇简史", slug="one"), put(Work, "徐汇续志", slug="other")
    first, chapter = one.add_child(instance=Entry(title="第一条")), one.add_child(instance=Chapter(title="夹着的卷"))
    last, strange = one.add_child(instance=Entry(title="第二条")), other.add_child(instance=Entry(title="别的书的条"))
    for entry in (first, last):
        entry.relations.set([Relation(role="related", target=target) for target in (chapter, strange)])
        entry.save()
    around = {entry.pk: Client().get(entry.url).context["around"] for entry in (first, last)}
    assert [tie.holding.pk for tie in around[last.pk].ties] == [chapter.pk, strange.pk]
    assert (around[first.pk].previous, around[first.pk].next.pk) == (None, last.pk)
    assert (around[last.pk].previous.pk, around[last.pk].next) == (first.pk, None)


def titles(address: str) -> list[str]:
    """Return the titles of a listing as its readers are shown them."""
    answer = Client().get(address)
    with translation.override("en" if address.startswith("/en/") else "zh-hans"):
        return [say(row, "title").text for row in answer.context["listing"].page]


@pytest.mark.each_database
def test_r19_titles_are_sorted_as_readers_look_them_up(put: Callable[..., Holding]) -> None:
    """Chinese by pinyin, English by letter with what has no English after it; articles do not count."""
    for title, title_en in (
        ("余庆路", "Yuqing Road"),
        ("安福路", "Anfu Road"),
        ("重庆南路", ""),
        ("华山路", "the Huashan Road"),
    ):
        put(Place, title, title_en=title_en)
    assert titles("/places/?sort=title") == ["安福路", "重庆南路", "华山路", "余庆路"]
    assert titles("/en/places/?sort=title") == ["Anfu Road", "the Huashan Road", "Yuqing Road", "重庆南路"]


def test_a_new_title_is_filed_anew(road: Place) -> None:
    """Also when it comes out of a revision."""
    before = road.sort_key_chinese
    road.title = "安福路"
    road.save_revision().publish()
    road.refresh_from_db()
    assert (before, road.sort_key_chinese) == (sort_key("淮海中路"), sort_key("安福路"))
    assert sort_key("") == ""


def links(uid: str, prefix: str = "") -> list[tuple[str, str]]:
    """Return the links in the running text of a record, each with the few letters before it."""
    prose = text_of(uid, prefix).partition('id="p1')[2].partition("</p>")[0]
    return re.findall(r"(.{0,3})<a class=\"(?:pn|pl|wk)\"[^>]*>([^<]+)</a>", prose)


def test_r27_no_name_is_linked_inside_another_word(db: None) -> None:
    """Not Li in Library, not 南京 in 南京西路; where it stands by itself it is."""
    brought_in(("person", "R27-person"), ("place", "R27-place"), ("entry", "R27-entry"))
    assert [name for _before, name in links("R27-1", "/en")] == ["Li"]
    assert links("R27-1", "/en")[0][0].endswith("Mr ")
    assert links("R27-2") == [("家迁到", "南京")]


def test_one_character_is_linked_nowhere(put: Callable[..., Holding]) -> None:
    """沪 is Shanghai's other name, and stands in too many words; its whole name is linked."""
    place = put(Place, "上海", slug="shanghai")
    place.names.add(Name(text="沪"))
    place.save()
    entry = put(Entry, "某事", slug="matter", body="沪上，上海。")
    entry.relations.add(Relation(role="about", target=place, as_printed="沪"))
    entry.save()
    assert links(entry.uid) == [("沪上，", "上海")]


@pytest.mark.parametrize(
    ("text", "linked"),
    [("Liar, Li.", 1), ("ALi Li-Li", 1), ("(Li)", 1), ("李某Li来", 1), ("Lié", 0), ("Li1", 0)],
)
def test_where_a_name_of_letters_stands_by_itself(put: Callable[..., Holding], text: str, linked: int) -> None:
    """At signs and characters it ends; a letter with a mark or a digit goes on."""
    from cms.catalogue.prose import Link, blocks

    pieces = blocks(text, {"Li": Link("/li/", "pn")})[0].pieces
    assert len([piece for piece in pieces if piece.form == "link"]) == linked


@pytest.mark.each_database
def test_r34_a_year_before_our_era_is_in_one_decade(index: None) -> None:
    """Written so that it can be read, the same in search and listing."""
    brought_in(("entry", "R34"))
    from search.rebuilding import rebuild

    rebuild()
    for prefix, label in (("", "公元前220年代"), ("/en", "220s BC")):
        page = Client().get(f"{prefix}/search/?q=甲元前")
        decades = next(facet for facet in page.context["facets"] if facet.name == "decade")
        assert [(value.label, value.count) for value in decades.values] == [(label, 1)]
        key = decades.values[0].key
        assert Client().get(f"{prefix}/search/?q=甲元前&decade={key}").context["hits"].total == 1
        assert "甲元前" in Client().get(f"{prefix}/chronicle/?decade={key}").content.decode()
    assert "甲元前" not in Client().get("/chronicle/?decade=-230").content.decode()


@pytest.mark.parametrize(
    ("decade", "label", "years"),
    [
        ("1980", "1980年代", 10),
        ("-220", "公元前220年代", 10),
        ("0", "0年代", 9),
        ("-1", "公元前9—前1年", 9),
        ("-10", "公元前10年代", 10),
    ],
)
def test_every_decade_has_its_years(decade: str, label: str, years: int) -> None:
    """None is missing between BC and AD, where there is no year 0."""
    first, last = decade_days(decade)
    assert round((last - first + 1) / 365.25) == years
    with translation.override("zh-hans"):
        assert decade_label(int(decade)) == label


def test_decades_meet_without_a_gap() -> None:
    """Each begins the day after the one before ended."""
    row = [decade_days(name) for name in ("-20", "-10", "-1", "0", "10")]
    assert [later[0] - earlier[1] for earlier, later in pairwise(row)] == [1, 1, 1, 1]


def test_r36_what_goes_on_is_in_every_decade_until_now(index: None) -> None:
    """In the listing and in the search; not in one that has not begun."""
    brought_in(("entry", "R36"))
    from search.rebuilding import rebuild

    rebuild()
    now = timezone.localdate().year // 10 * 10
    for decade, there in ((2000, False), (2010, True), (now, True), (now + 10, False)):
        assert ("书展至今" in titles(f"/chronicle/?decade={decade}")) == there, decade
        assert Client().get(f"/search/?q=书展至今&decade={decade}").context["hits"].total == there, decade


def test_r38_a_verse_stands_in_its_lines(db: None, page: BrowserPage, live_server: object) -> None:
    """Four lines on the screen and on paper."""
    brought_in(("entry", "R38"))
    for medium in ("screen", "print"):
        page.emulate_media(media=medium)
        page.goto(live_server.url + Holding.objects.get(uid="R38-1").url)
        tall = page.evaluate(
            "() => { const p = document.querySelector('#p2'); const s = getComputedStyle(p);"
            " return p.clientHeight / parseFloat(s.lineHeight); }"
        )
        assert round(tall) == 4, medium


def test_p09_paper_is_white_for_who_reads_in_the_dark(road: Place, page: BrowserPage, live_server: object) -> None:
    """Chosen on the page or by the system: dark words on white when an entry is printed with its backgrounds."""
    page.emulate_media(media="print", color_scheme="dark")
    with translation.override("zh-hans"):
        page.goto(live_server.url + road.url)
    paper, ink = page.evaluate(
        "() => [document.body, document.querySelector('h1')].map((e, i) => {"
        " const style = getComputedStyle(e); return i ? style.color : style.backgroundColor; })"
    )
    brightness = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (paper, ink)]
    assert paper in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    assert brightness[1] < 300


def test_every_shelf_has_a_door_on_every_page(client: Client, road: Place) -> None:
    """From the foot of each page, and from the name of the kind on each record."""
    for prefix in ("", "/en"):
        text = client.get(f"{prefix}/about/").content.decode()
        with translation.override("en" if prefix else "zh-hans"):
            assert [s.url for s in Shelf.objects.all() if f'href="{s.url}"' not in text] == []
    assert {kind.shelf.slug for kind in kinds() if kind.shelf} <= set(Shelf.objects.values_list("slug", flat=True))
    with translation.override("zh-hans"):
        address = road.url
    opening = client.get(address).content.decode().partition('juan-no">')[2].partition("</p>")[0]
    assert 'href="/places/"' in opening


def test_the_head_names_the_shelves_of_the_menu_and_no_other(client: Client, road: Place) -> None:
    """In their order, then all shelves, then the search; where the reader stands is marked."""
    menu = [shelf.nav_title or shelf.title for shelf in Shelf.objects.in_menu().order_by("path")]
    assert 0 < len(menu) < Shelf.objects.count()
    nav = client.get(road.url).content.decode().partition('class="nav"')[2].partition("</nav>")[0]
    before, _summary, after = nav.partition("<details")
    bar = before + after.partition("</details>")[2]
    assert re.findall(r">([^<>\s]+)</a>", bar) == [*menu, "检索"]
    assert re.findall(r'aria-current="true">([^<]+)<', nav) == ["地方"]


def test_the_other_language_keeps_the_question(client: Client, road: Place) -> None:
    """Words, filters and page."""
    text = client.get(f"{road.url}?q=霞飞路&a=1").content.decode()
    switch = re.search(r'class="switch" href="([^"]*)"', text)[1]
    assert switch == f"/en{road.url}?q=%E9%9C%9E%E9%A3%9E%E8%B7%AF&amp;a=1"
    several = client.get("/en/search/?kind=entry&kind=place&page=2").content.decode()
    assert 'class="switch" href="/search/?kind=entry&amp;kind=place&amp;page=2"' in several


def test_filters_are_not_remembered_by_the_browser(client: Client, road: Place, index: None) -> None:
    """Else Back leaves a box ticked over a list that is not filtered."""
    assert '<form action="/search/" autocomplete="off">' in client.get("/search/?q=淮海").content.decode()
    assert '<form class="decade" autocomplete="off">' in client.get("/places/").content.decode()
    assert '<form class="cf wrap" autocomplete="off"' in client.get("/stations/").content.decode()


def test_sections_stand_by_their_numbers(put: Callable[..., Holding]) -> None:
    """In the exhibition, and from one to the next; 10 comes after 2, whatever the order of the rows was."""
    show = put(Exhibition, "群星璀璨")
    for title, number in (("十号厅", 10), ("二号厅", 2), ("一号厅", 1)):
        section = show.add_child(instance=Section(title=title, number=number))
        section.add_child(instance=Exhibit(title=f"{title}之物", number=1))
    hung = Client().get(show.url).content.decode()
    assert hung.index("一号厅") < hung.index("二号厅") < hung.index("十号厅")
    turn = Client().get(Section.objects.get(title="二号厅").url).content.decode().partition('class="turn')[2]
    assert re.findall("[一十]号厅", turn.partition("</nav>")[0]) == ["一号厅", "十号厅"]
