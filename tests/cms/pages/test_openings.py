"""Pages as they open: words at the top, nothing that moves, every control in reach of mouse and keyboard."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from authorities.models import Place
from chronicle.models import Entry
from cms.models import Holding, Name, Relation

LOW = range(560, 920, 40)
"""Heights of windows in pixels: a laptop of 1366 x 768 shows some 625."""
SHIFT = """
() => new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved = (window.moved || 0) + entry.value;
}).observe({ type: "layout-shift", buffered: true })
"""
MOST = 0.05
BROKEN = """
() => [...document.querySelectorAll(".chip small")].filter((one) => one.getClientRects().length && one.offsetHeight >
  1.9 * parseFloat(getComputedStyle(one).lineHeight)).map((one) => one.textContent)
"""


@pytest.fixture
def record(put: Callable[..., Holding], road: Place) -> Callable[..., Entry]:
    """Return a function that puts an entry without a picture, tied to a road."""

    def make(title: str, **fields: object) -> Entry:
        entry = put(
            Entry,
            title,
            title_en="Along a Road with Six Names",
            summary="一条马路先后有过六个名字，门牌、梧桐和弄堂留在原处。",
            summary_en="One road has had six names; its doors, trees and lanes stayed where they were.",
            body="一九一五年六月改霞飞路。\n\n" * 12,
            body_en="In June 1915 the road was called after General Joffre (霞飞).\n\n" * 12,
            **fields,
        )
        entry.relations.add(Relation(role="mentions", target=road))
        entry.save()
        return entry

    return make


def box(page: Page, selector: str) -> dict[str, float]:
    """Return where the first element of a selector stands."""
    return page.locator(selector).first.bounding_box()


@pytest.mark.django_db(transaction=True)
def test_words_begin_at_the_top_beside_the_frame(
    live_server: object, record: Callable[..., Entry], context: Callable[..., BrowserContext]
) -> None:
    """Titles of one character, of eight and of twenty; the text follows its summary, with no hole for the frame."""
    entries = [record(title) for title in ("塔", "南洋公学开学典礼", "一九一五年六月法租界公董局改宝昌路为霞飞路")]
    page = context(viewport={"width": 1440, "height": 900}).new_page()
    for prefix in ("", "/en"):
        for entry in entries:
            page.goto(live_server.url + prefix + entry.get_url())
            frame, lead, text = box(page, ".op-title"), box(page, ".lead"), box(page, ".prose p")
            level = prefix or len(entry.title) > 8
            assert lead["y"] < (340 if level else frame["y"] + 5), (prefix, entry.title)
            assert text["y"] - (lead["y"] + lead["height"]) < 140, (prefix, entry.title)
            assert frame["height"] < (260 if level else 700)
            assert page.evaluate(BROKEN) == []


@pytest.mark.django_db(transaction=True)
def test_a_phone_has_no_empty_half(
    live_server: object, record: Callable[..., Entry], context: Callable[..., BrowserContext]
) -> None:
    """A short title has words beside it; what is longer, or has no words, lies across."""
    page = context(viewport={"width": 390, "height": 844}).new_page()
    beside, across = record("霞飞路"), [record("南洋公学开学"), record("塔影")]
    Entry.objects.filter(pk=across[1].pk).update(summary="", summary_en="")
    page.goto(live_server.url + beside.get_url())
    frame, lead = box(page, ".op-title"), box(page, ".lead")
    assert abs(frame["y"] - lead["y"]) < 5
    assert lead["x"] + lead["width"] <= frame["x"]
    for entry in across:
        page.goto(live_server.url + entry.get_url())
        frame = box(page, ".op-title")
        assert (frame["x"] < 30, frame["height"] < 200) == (True, True), entry.title


@pytest.mark.django_db(transaction=True)
def test_the_foot_of_the_side_bar_is_in_sight_on_every_laptop(
    live_server: object, road: Place, context: Callable[..., BrowserContext]
) -> None:
    page = context(viewport={"width": 1366, "height": 768}).new_page()
    for prefix in ("", "/en"):
        page.goto(f"{live_server.url}{prefix}/places/")
        for height in LOW:
            page.set_viewport_size({"width": 1366, "height": height})
            for control in (".switch", ".prefs summary"):
                place = box(page, control)
                assert place["y"] + place["height"] <= height, (height, control)
                assert place["height"] >= 44
            last = page.locator(".nav > ul > li").last.bounding_box()
            assert last["y"] + last["height"] <= box(page, ".switch")["y"], height


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/search/?q=霞飞路", "/places/"])
def test_one_skip_link_leads_to_the_first_of_a_list(
    live_server: object, road: Place, index: None, context: Callable[..., BrowserContext], address: str
) -> None:
    page = context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(live_server.url + address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#hits"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#hits li a')?.textContent") == road.title


@pytest.mark.django_db(transaction=True)
def test_nothing_moves_while_it_loads(
    live_server: object,
    road: Place,
    record: Callable[..., Entry],
    index: None,
    context: Callable[..., BrowserContext],
) -> None:
    """A record, a list and results, each loaded once with nothing kept."""
    addresses = [record("霞飞路上").get_url(), road.get_url(), "/places/", "/search/?q=霞飞路"]
    for width, prefix in ((390, ""), (1440, "/en")):
        for address in addresses:
            visitor = context(viewport={"width": width, "height": 844})
            page = visitor.new_page()
            page.add_init_script(f"({SHIFT})()")
            page.goto(live_server.url + prefix + address, wait_until="networkidle")
            assert page.evaluate("document.fonts.ready.then(() => window.moved || 0)") <= MOST, (width, address)
            visitor.close()


def test_time_says_only_what_html_knows(client: Client, road: Place) -> None:
    """Whole years of our era, in four figures: a decade, a year before it and what is uncertain stand without a machine's word."""
    for text, since in (("甲", "192X"), ("乙", "-0221"), ("丙", "0977"), ("丁", "2026~")):
        road.names.add(Name(text=text, valid_from=since, is_display=True))
    road.save()
    page = client.get(road.get_url()).content.decode()
    assert sorted(re.findall(r'<time[^>]* datetime="([^"]*)"', page)) == ["0977", "1915", "2026"]
    assert page.count("<time") == 3
    for said in ("192X", "前222"):
        assert f'<b class="since">{said}</b>' in page


KNOWN = re.compile(r"\d{4,}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?")


def test_every_time_of_the_demo_is_one_that_html_knows(client: Client, demo: None) -> None:
    """On the page of each record that has names with years, or hours."""
    dated = Holding.objects.filter(names__valid_from__gt="").distinct()
    others = [kind.objects.first() for kind in {type(h.specific) for h in Holding.objects.all()[:40]}]
    wrong = []
    for holding in [*dated, *others]:
        page = client.get(holding.get_url()).content.decode()
        for attributes, words in re.findall(r"<time([^>]*)>([^<]*)</time>", page):
            value = re.search(r'datetime="([^"]*)"', attributes)
            if not KNOWN.fullmatch(value[1] if value else words.strip()):
                wrong.append((holding.get_url(), attributes, words))
    assert wrong == []
    assert dated.count() > 5


def test_a_title_says_its_kind(put: Callable[..., Holding], client: Client) -> None:
    """So that an entry and a place of one name differ, in both languages."""
    pages = [put(kind, "南洋公学", title_en="Nanyang Public School").get_url() for kind in (Entry, Place)]
    for prefix in ("", "/en"):
        titles = [
            re.search("<title>(.*?)</title>", client.get(prefix + page).content.decode(), re.S)[1] for page in pages
        ]
        assert len(set(titles)) == 2
        assert all("南洋公学 · " in title or "Nanyang Public School · " in title for title in titles)


def test_every_run_says_its_language(put: Callable[..., Holding], client: Client) -> None:
    """Old books are in traditional characters; a Chinese name in an English sentence is Chinese."""
    old = put(Entry, "嘉興府", body="嘉興府東西二百五十里，南北一百二十里。舊經云八十里一百步。")
    new = put(
        Entry, "吴贻弓", title_en="Wu Yigong (吴贻弓)", body="他导演。", body_en="A film by 吴贻弓, 《城南旧事》."
    )
    old, new = old.get_url(), new.get_url()
    page = client.get(old).content.decode()
    assert '<div class="prose" lang="zh-Hant">' in page
    assert '<h1 lang="zh-Hant">' in page
    assert '<div class="prose" lang="zh-Hant">' in client.get("/en" + old).content.decode()
    page = client.get("/en" + new).content.decode()
    assert '<h1>Wu Yigong (<span lang="zh-Hans">吴贻弓</span>)</h1>' in page
    assert 'A film by <span lang="zh-Hans">吴贻弓</span>' in page
    assert '<div class="prose" lang="zh-Hans">' in client.get(new).content.decode()


def test_the_name_of_a_control_has_the_words_that_are_seen(client: Client, db: None) -> None:
    for prefix, seen in (("", "EN"), ("/en", "中")):
        head = client.get(f"{prefix}/").content.decode().partition("</header>")[0]
        assert seen in re.search(r'class="switch"[^>]*aria-label="([^"]*)"', head)[1]
        assert "志汇 Zhihui" in re.search(r'class="mark"[^>]*aria-label="([^"]*)"', head)[1]
