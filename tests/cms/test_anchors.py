"""Snippets lead to their paragraph: every line that search finds has a place on the page, and the words are marked there."""

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import translation

from chronicle.models import Entry
from cms.importing.sheets import demo_files
from cms.indexing.source import Source
from cms.models import Holding, Name, Relation
from picturebooks.models import Book, Spread
from search.rebuilding import rebuild

pytestmark = pytest.mark.django_db

MARK = re.compile("<mark>(.*?)</mark>", re.DOTALL)
ID = re.compile(r'\bid="([^"]+)"')


def body(address: str, *words: str) -> str:
    """Return a page, as it is when somebody comes to it by these words."""
    asked = urlencode([("find", word) for word in words])
    # A request for an English page leaves English behind, and addresses with it.
    with translation.override("zh-hans"):
        answer = Client().get(f"{address}?{asked}" if asked else address)
    assert answer.status_code == 200
    return answer.content.decode()


def marked(address: str, *words: str) -> list[str]:
    """Return what a page marks, without its own markup."""
    return [re.sub(r"<rp>.*?</rp>|<rt>.*?</rt>|<[^>]*>", "", found) for found in MARK.findall(body(address, *words))]


def test_every_line_of_the_demo_stands_where_its_anchor_says(demo: None) -> None:
    """In each language, for every kind; no id stands twice on a page."""
    seen = set()
    for document in Source().documents():
        address = Holding.objects.get(pk=document.id).get_url()
        for prefix, text, anchors in (
            ("", document.text, document.anchors),
            ("/en", document.text_en, document.anchors_en),
        ):
            assert len(anchors) == (text.count("\n") + 1 if text else 0)
            ids = ID.findall(body(prefix + address))
            assert {anchor for anchor in anchors if anchor} <= set(ids), address
            assert len(ids) == len(set(ids)), address
        seen.add(document.kind)
    assert seen == {model._meta.model_name for model, _file in demo_files() if issubclass(model, Holding)}


@pytest.fixture
def entry(put: Callable[..., Entry], road: Holding) -> Entry:
    """A text with all that can stand in one, about a road."""
    text = "无关的一段。\n\n## 霞飛路\n\n先叫宝昌路，后叫霞飞\n路。<b>霞飞路</b>\n\n其岸髙⟦013-1a⟧而多樹⟨有霞飞路⟩。\n\n> 引霞飞路"
    made = put(Entry, "霞飞路上", summary="霞飞路的提要", body=text, body_en="Nothing.\n\nAvenue Joffre, an avenue.")
    made.relations.add(Relation(role="about", target=road))
    made.save()
    return made


def test_words_are_marked_in_the_text_as_search_finds_them(entry: Entry) -> None:
    """In summary, headings, links, notes and quotations, in any spelling, across a leaf or a line's end; in titles never."""
    assert marked(entry.url, "霞飞路") == ["霞飞路", "霞飛路", "霞飞\n路", "霞飞路", "霞飞路", "霞飞路"]
    assert marked(entry.url, "高而多树") == ["髙", "而多樹"]
    assert marked(entry.url, "宝昌路", "高而多树") == ["宝昌路", "髙", "而多樹"]
    assert marked(entry.url, '"霞飛路"') == ["霞飛路"]
    assert marked(entry.url) == marked(entry.url, "没有的") == marked(entry.url, "\x00", "，") == []


def test_a_name_is_marked_whole_and_in_the_language_it_is_in(entry: Entry) -> None:
    assert marked(f"/en{entry.url}", "avenue joffre") == ["Avenue Joffre"]
    assert marked(f"/en{entry.url}", "avenue", "joffre") == ["Avenue", "Joffre", "avenue"]


def test_a_link_stays_a_link(entry: Entry, road: Holding) -> None:
    """And a template that stands inside a line brings no line break of its own."""
    page = body(entry.url, "霞飞路")
    assert f'<a class="pl" href="{road.url}"><mark>霞飞路</mark></a>' in page
    assert "&lt;b&gt;" in page


def test_no_more_than_200_places_are_marked(put: Callable[..., Entry]) -> None:
    long = put(Entry, "长", body="\n\n".join(["水，" * 150] * 3))
    assert len(marked(long.url, "水")) == 200


def test_spreads_are_marked_under_their_pinyin(put: Callable[..., Book]) -> None:
    book = put(Book, "叶子的路")
    book.spreads.add(
        Spread(text="一片叶子", text_en="A leaf", pinyin="yí piàn yè zi"), Spread(text="叶子到了", text_en="There")
    )
    book.save()
    assert marked(book.url, "叶子", "leaf") == ["叶子", "leaf", "叶子"]


def test_an_address_with_words_is_not_another_page(entry: Entry) -> None:
    page = body(entry.url, "霞飞路")
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{entry.url}">' in page
    assert f'<a href="{entry.url}">清除标记</a>' in page
    assert "清除标记" not in body(entry.url)


def test_snippets_lead_to_their_paragraphs(entry: Entry, index: None) -> None:
    """With the words typed, and the other names that stand there."""
    road = entry.relations.first().target
    road.names.add(Name(text="宝昌路"))
    road.save()
    rebuild()
    page = results("淮海中路")
    asked = urlencode([("find", word) for word in ("淮海中路", "霞飞路", "宝昌路")]).replace("&", "&amp;")
    links = re.findall(rf'<a href="{entry.url}([^"]*)"', page)
    assert [link.partition("#")[2] for link in links if link] == ["", "p2", "p3"]
    assert {link.partition("#")[0] for link in links if link} == {f"?{asked}"}


def test_a_snippet_in_another_language_says_so(entry: Entry, index: None) -> None:
    assert re.search(rf'<a href="{entry.url}\?find=joffre#p2-en" lang="en">', results("joffre"))
    assert re.search(rf'<a href="/en{entry.url}\?find=[^"]*#p3" lang="zh-Hans">', results("宝昌路", "/en"))


def test_what_is_found_by_the_name_of_something_related_says_so(entry: Entry, put: Callable, index: None) -> None:
    """Its own title, name or text says nothing of the words."""
    other = put(Entry, "法国梧桐", summary="路旁的树。")
    other.relations.add(Relation(role="about", target=entry.relations.first().target))
    other.save()
    rebuild()
    rows = results("霞飞路").split('<li class="hit')
    assert [row.count("相关：<mark>霞飞路</mark>") for row in rows if "法国梧桐" in row] == [1]
    assert sum("相关：<mark>" in row for row in rows) == 1


def results(words: str, prefix: str = "") -> str:
    """Return the results page for words."""
    with translation.override("zh-hans"):
        return Client().get(f"{prefix}/search/", {"q": words}).content.decode()
