"""The words of both languages: relations said from the right end, one name for each kind, English without Chinese, citations."""

import csv
import gettext
import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from authorities.models import Person, Place
from chronicle.models import Chapter, Entry, Work
from cms.models import Citation, Holding, Name, Relation
from cms.models.kinds import kind_named, kinds
from cms.models.relation import SAID, Role
from cms.setup.bootstrap import wanted_shelves
from exhibitions.models import Exhibit

HAN = re.compile(r"[\u3000-\u3012\u3014-\u9fff\uff00-\uffef]")
"""Chinese characters and punctuation; not 〓, which is shown to every reader as it is."""
QUOTED = {
    "照原样写：1905年10月28日、20世纪80年代、约1847年、198X。",
    "一个词连写，词和词之间空格，标点不写，如：我 也 晒 一会儿 写成 wǒ yě shài yíhuìr；请逐字校对多音字。",
    "一行一件事，最多三行，如：找一片叶：数一数，它有几个尖？不写就用通用的三件。",
    "志汇 Zhihui 首页",
    "“是”或“否”；空着就是“否”。",
    "请写“是”或“否”，不是“{cell}”。",
    "不认识用途“{cell}”，可用 {known}，或 无。",
    "网页、印刷、离线、接口，用“；”隔开；空着全部允许，“无”全部不允许。",
    "主题的名称，用“；”隔开。",
    "压缩包里图片的文件名，或馆里已有的图片“图库 12”。",
    "照表格里一格的写法：主题用；隔开，关联、出处、又名一行一条，如“提及 | XH-PL-000001”。",
}
"""Messages whose English has Chinese in it: what a librarian is to type, and the library's own sign."""


@pytest.fixture
def in_english() -> Iterator[None]:
    """Say everything in English."""
    with translation.override("en"):
        yield


def english(text: object) -> bool:
    """Whether a text was translated, and has no Chinese left."""
    return bool(str(text).strip()) and not HAN.search(str(text))


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize("role", Role)
def test_a_relation_has_english_at_both_ends(role: Role) -> None:
    assert english(role.label)
    for kind in kinds():
        here, there = map(str, kind.said_of(role))
        assert english(here), (kind, here)
        assert english(there), (kind, there)
        # Only what is alike from both ends is said alike.
        assert (here == there) == (role == Role.RELATED)


def test_chinese_tells_the_ends_apart_too() -> None:
    assert set(SAID) == set(Role)
    assert [role for role, ends in SAID.items() if str(ends.here) == str(ends.there)] == [Role.RELATED]


def drawn(client: Client, page: Holding, prefix: str = "") -> str:
    """Return the page of a holding, in Chinese or below `/en`."""
    with translation.override("zh-hans"):
        address = prefix + page.url
    return client.get(address).content.decode()


def chips(client: Client, page: Holding, prefix: str = "") -> list[str]:
    """Return the related holdings as the page of one says them, in the order in which they are read."""
    html = drawn(client, page, prefix)
    found = re.findall(r'<a class="chip[^>]*>(.*?)</a>', html, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", chip).split()) for chip in found]


def told(client: Client, page: Holding, prefix: str = "") -> list[str]:
    """Return what an exhibit's page tells of it, in the order in which it is read."""
    found = re.findall(r"<small>([^<]*)</small>\s*<b>(.*?)</b>", drawn(client, page, prefix), re.S)
    return [" ".join(" ".join(words).split()) for words in found]


def test_a_relation_is_said_before_the_name_and_from_this_side(client: Client, put: Callable[..., Holding]) -> None:
    """The bust depicts the man; whoever reads the man's page is not told that he depicts his bust."""
    hall = put(kind_named("exhibition"), "特展", title_en="The Exhibition")
    section = hall.add_child(instance=kind_named("section")(title="开创", title_en="Beginnings"))
    man, sculptor = put(Person, "吴贻弓", title_en="Wu Yigong"), put(Person, "严友人", title_en="Yan Youren")
    book = put(Work, "农政全书", title_en="Nongzheng quanshu")
    house, architect = put(Place, "武康大楼", title_en="Wukang Mansion"), put(Person, "邬达克", title_en="László Hudec")
    bust = section.add_child(instance=Exhibit(title="吴贻弓像", title_en="Bust of Wu Yigong"))
    for holding, role, target in (
        (bust, Role.DEPICTS, man),
        (bust, Role.BY, sculptor),
        (book, Role.BY, man),
        (house, Role.BY, architect),
        (man, Role.BURIED_AT, house),
    ):
        holding.relations.add(Relation(role=role, target=target))
        holding.save()
    assert told(client, bust, "/en") == ["Person · Depicts Wu Yigong", "Person · Maker: Yan Youren"]
    assert chips(client, man, "/en") == [
        "Buried at Wukang Mansion",
        "Depicted in Bust of Wu Yigong",
        "Author of Nongzheng quanshu",
    ]
    assert chips(client, sculptor, "/en") == ["Made Bust of Wu Yigong"]
    assert chips(client, architect, "/en") == ["Designed Wukang Mansion"]
    assert chips(client, house, "/en") == ["Architect: László Hudec", "Buried here: Wu Yigong"]
    assert told(client, bust) == ["人物 · 描绘 吴贻弓", "人物 · 作者： 严友人"]
    assert chips(client, man) == ["葬于 武康大楼", "形象见于 吴贻弓像", "作品： 农政全书"]


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize("kind", kinds())
def test_a_kind_has_one_name_for_one_and_one_for_many(kind: type[Holding]) -> None:
    one, many = str(kind._meta.verbose_name), str(kind._meta.verbose_name_plural)
    assert english(one)
    assert english(many)
    assert one != many
    # The entries stand on a shelf that is called what they make up.
    if kind.shelf and kind is not Entry:
        assert kind.shelf.title_en == many
        with translation.override("zh-hans"):
            assert kind.shelf.title == str(kind._meta.verbose_name)


def test_the_navigation_says_what_the_shelf_is_called() -> None:
    for spec in wanted_shelves():
        assert spec.nav_title in ("", spec.title)
        assert spec.nav_title_en in ("", spec.title_en)


FOLDERS = ["cms", *(f"collections/{kind}" for kind in settings.KINDS if kind not in settings.STRANGERS)]


@pytest.mark.parametrize("folder", FOLDERS)
def test_english_has_no_chinese_in_it(folder: str) -> None:
    with (settings.ROOT / folder / "locale/en/LC_MESSAGES/django.mo").open("rb") as file:
        told = gettext.GNUTranslations(file)._catalog
    mixed = {key: text for key, text in told.items() if key and key not in QUOTED and HAN.search(text)}
    assert not mixed


def test_a_thing_of_the_demo_has_one_title_in_english() -> None:
    """An entry, an exhibition and an event of one name are one to a reader; signs between its words make no other name."""
    called: dict[str, set[str]] = {}
    for path in sorted(settings.ROOT.glob("collections/*/demo/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
        # What a row has beyond the headings is in `None`: a comma that nobody quoted.
        assert not [row for row in rows if None in row or None in row.values()], path.name
        for row in rows:
            if row.get("英文题名"):
                called.setdefault(re.sub(r"\W", "", row["题名"]), set()).add(row["英文题名"])
    assert not {title: names for title, names in called.items() if len(names) > 1}
    assert not [name for names in called.values() for name in names if HAN.search(name)]


@pytest.mark.parametrize(("prefix", "here", "not_here"), [("", "示例", "SAMPLE"), ("/en", "SAMPLE", "示例")])
def test_a_mark_is_in_the_language_of_the_page(
    client: Client, put: Callable[..., Holding], prefix: str, here: str, not_here: str
) -> None:
    place = put(Place, "甲路", title_en="A Road", sample=True, unverified=True)
    html = drawn(client, place, prefix)
    assert here in html
    assert not_here not in html
    assert not re.search(r"</span><span class=\"flag", html)


def text_of(html: str, name: str) -> str:
    """Return the words of the element with an id."""
    inside = re.search(rf'id="{name}">(.*?)</p>', html, re.S)
    assert inside
    return " ".join(re.sub(r"<[^>]+>", "", inside[1]).split())


def test_an_english_page_is_cited_by_chicago_and_a_chinese_one_by_its_standard(
    client: Client, put: Callable[..., Holding]
) -> None:
    work = put(Work, "徐汇简史", title_en="A Brief History", author="某人", author_en="Somebody", uid="XH-WK-9001")
    chapter = work.add_child(instance=Chapter(title="卷一", title_en="Juan 1"))
    entry = chapter.add_child(instance=Entry(title="龙华有塔", title_en="A Pagoda at Longhua", uid="XH-EN-9001"))
    Holding.objects.filter(pk__in=(work.pk, entry.pk)).update(last_published_at="2026-05-12T04:00:00Z")
    site = "Zhihui, Xuhui District Digital Library of Local Chronicles. Last modified 12 May 2026."
    address = "http://testserver"
    assert text_of(drawn(client, work, "/en"), "citation") == (
        f"Somebody. “A Brief History.” {site} {address}/en/id/XH-WK-9001."
    )
    assert text_of(drawn(client, entry, "/en"), "citation") == (
        f"“A Pagoda at Longhua.” In A Brief History. {site} {address}/en/id/XH-EN-9001."
    )
    publisher = "上海：志汇·徐汇区方志数字图书馆(2026-05-12)."
    assert text_of(drawn(client, work), "citation") == f"某人. 徐汇简史[EB/OL]. {publisher} {address}/id/XH-WK-9001."
    assert text_of(drawn(client, entry), "citation") == (
        f"龙华有塔[EB/OL]//徐汇简史. {publisher} {address}/id/XH-EN-9001."
    )
    assert client.get("/en/id/XH-EN-9001")["Location"].startswith("/en/works/")


def test_the_page_of_a_chinese_source_is_marked_as_chinese(client: Client, put: Callable[..., Holding]) -> None:
    place = put(Place, "甲路", title_en="A Road")
    place.citations.add(
        Citation(text="明史", text_en="Ming shi", page="卷二百五十一"), Citation(text="刊", page="8-12")
    )
    place.save()
    html = drawn(client, place, "/en")
    assert 'Ming shi, <span lang="zh-Hans">卷二百五十一</span>' in html
    assert ", 8-12" in html
    assert '<span lang="zh-Hans">卷' not in drawn(client, place)


def test_a_name_that_reads_as_the_title_is_not_told_again(client: Client, put: Callable[..., Holding]) -> None:
    person = put(Person, "熊月之", title_en="Xiong Yuezhi")
    person.names.add(Name(text="Xiong Yuezhi", language="zh-Latn", romanisation="pinyin"))
    person.save()
    assert 'id="aka"' not in drawn(client, person, "/en")
    assert '<i lang="zh-Latn">Xiong Yuezhi</i>' in drawn(client, person)


def test_a_person_has_names_and_a_road_has_them_one_after_another(
    client: Client, put: Callable[..., Holding], road: Place
) -> None:
    person = put(Person, "徐光启", title_en="Xu Guangqi")
    person.names.add(Name(text="徐子先"), Name(text="徐文定公"))
    person.save()
    for prefix, one, other in (("", "各个名称", "先后的名称"), ("/en", "The names, side by side", "in order of time")):
        assert one in drawn(client, person, prefix)
        assert other in drawn(client, road, prefix)
