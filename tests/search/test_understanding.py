"""A query that is a name brings the other names; pinyin is heard; nothing found leads to words that find something."""

import pytest

from search import outbox
from search.document import Document
from search.finding import answer
from search.headings import suggest
from search.models import Heading, Promotion
from search.query import Query
from search.rebuilding import rebuild
from search.sounds import heard, initials, plain, sound, spoken_ways, syllables, typed_sound

pytestmark = pytest.mark.django_db


def place(number: int, title: str, *names: str, **more: object) -> Document:
    """Describe a place with its names."""
    return Document(id=number, kind="place", uid=f"PL-{number}", title=title, names=names, authority=True, **more)


def entry(number: int, title: str, text: str, **more: object) -> Document:
    """Describe an entry."""
    return Document(id=number, kind="entry", uid=f"EN-{number}", title=title, text=text, **more)


@pytest.fixture(autouse=True)
def shelf(library) -> None:
    """Fill the library with three roads, a town, and entries about them."""
    for document in (
        place(1, "淮海中路", "霞飞路", "Avenue Joffre", "林森路"),
        place(2, "淮海东路", "林森路"),
        place(3, "徐家汇", "Zikawei", "Zi-ka-wei", "徐家匯"),
        entry(4, "街树", "霞飛路上的梧桐"),
        entry(5, "电车", "电车开过淮海中路"),
        entry(6, "书楼", "藏書樓在徐家匯"),
        entry(7, "画馆", "土山湾的画馆", ties=("徐家汇",)),
        entry(8, "土山湾印书馆", "铅字"),
        entry(9, "林森路旧事", "林森路"),
    ):
        library.shelf[document.id] = document
    rebuild()


def test_a_name_finds_what_has_another_name_of_the_same_thing_each_once() -> None:
    found = answer(Query("霞飞路"))
    assert found.hits.ids[0] == 1
    assert sorted(found.hits.ids) == [1, 4, 5]
    [meaning] = found.understood.meanings
    assert (meaning.holding, meaning.typed, meaning.heard) == (1, "霞飞路", False)
    # 林森路 is also another road's name, and would bring that one in.
    assert meaning.names == ("淮海中路", "霞飞路", "Avenue Joffre")
    assert found.hits.aliases == {"霞飞路": 2, "淮海中路": 2, "<avenue><joffre>": 1}


def test_only_the_words_typed_where_the_reader_says_so() -> None:
    assert sorted(answer(Query("霞飞路"), only=True).hits.ids) == [1, 4]
    assert sorted(answer(Query("霞飞路", exact=True)).hits.ids) == [1]
    assert sorted(answer(Query('"霞飛路"')).hits.ids) == [4]


@pytest.mark.parametrize(
    "typed",
    ["徐家汇", "徐家匯", "Zikawei", "zi ka wei", "ZI-KA-WEI", "xujiahui", "xu jia hui", "xú jiā huì", "xu家hui", "xjh", "ＸＪＨ"],
)  # fmt: skip
def test_every_spelling_finds_the_same_place_first(typed: str) -> None:
    found = answer(Query(typed))
    assert found.hits.ids[0] == 3
    assert sorted(found.hits.ids) == [3, 6, 7]


def test_a_name_of_several_things_offers_each() -> None:
    found = answer(Query("林森路"))
    assert {choice.holding for choice in found.understood.choices} == {1, 2}
    assert not found.understood.meanings
    assert set(found.hits.ids[:2]) == {1, 2}
    chosen = answer(Query("林森路"), chosen=1)
    assert chosen.hits.ids[0] == 1
    assert 5 in chosen.hits.ids
    assert {choice.holding for choice in chosen.understood.choices} == {1, 2}


def test_a_name_among_other_words() -> None:
    assert answer(Query("霞飞路 电车")).hits.ids == (5,)
    assert answer(Query("avenue joffre 电车")).hits.total == 0


def test_what_the_reader_may_not_see_is_not_meant() -> None:
    found = answer(Query("xujiahui", exclude=frozenset({3})))
    assert not found.understood.meanings
    assert 3 not in found.hits.ids


def test_pinyin_of_a_part_of_a_title_is_heard() -> None:
    found = answer(Query("yinshuguan"))
    assert found.hits.ids == (8,)
    assert found.understood.meanings[0].names == ("印书馆",)
    assert answer(Query("tsw")).hits.total == 2


def test_a_librarians_choice_comes_first_even_without_the_words() -> None:
    Promotion.objects.create(words="梧桐", holding=8)
    assert answer(Query("梧桐")).hits.ids == (8, 4)
    assert answer(Query("梧桐", exclude=frozenset({8}))).hits.ids == (4,)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("下飞路", "霞飞路"), ("Avenue Jofre", "Avenue Joffre"), ("zikawai", "Zikawei"), ("土山弯印书馆", "土山湾印书馆")],
)
def test_near_words_that_find_something(typed: str, offered: str) -> None:
    found = answer(Query(typed))
    assert found.hits.total == 0
    assert found.nearby[0].text == offered


@pytest.mark.parametrize("typed", ["下飞路", "空中缆车", "Jofre", "梧桐 缆车", '"霞飛路" 缆车', "，", "x" * 300])
def test_what_is_offered_never_leads_to_nothing(typed: str) -> None:
    for near in answer(Query(typed)).nearby:
        assert answer(Query(near.text)).hits.total >= near.total > 0


def test_suggestions_by_characters_sound_and_initials_each_holding_once() -> None:
    def suggested(typed: str) -> list[int]:
        return [suggestion.id for suggestion in suggest(typed)]

    assert suggested("霞") == [1]
    assert suggested("xuj")[0] == 3
    assert suggested("xjh") == [3]
    assert suggested("ave") == [1]
    assert suggested("印书") == [8]
    assert suggested("林森路")[:2] == [1, 2]
    assert not suggest("徐家", exclude=frozenset({3}))
    assert not suggest("%_")
    assert not suggest("")


def test_a_new_name_is_known_at_once_and_a_gone_one_forgotten(library) -> None:
    library.shelf[3] = place(3, "徐家汇", "徐镇")
    outbox.enqueue([3])
    outbox.drain()
    assert set(answer(Query("徐镇")).hits.ids) == {3, 6, 7}
    assert not answer(Query("Zikawei")).understood.meanings


def test_how_a_text_is_compared_when_it_is_typed() -> None:
    assert plain("Zi-ka-wei") == plain("ZIKAWEI") == "zikawei"
    assert plain("家·梧桐樹下") == "家梧桐树下"
    assert sound("徐家匯") == sound("xu家hui") == "xujiahui"
    assert sound("吕宋路") == sound("lüsonglu") == sound("lvsonglu")
    assert initials(syllables("徐家汇"), "徐家汇") == "xjh"
    assert not initials(syllables("Joffre"), "Joffre")
    assert heard("jiahui", "徐家汇") == "家汇"
    assert not heard("iahui", "徐家汇")
    assert not heard("x", "徐家汇")


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("单士厘", {"danshili", "shanshili"}),
        ("查慎行", {"chashenxing", "zhashenxing"}),
        ("区大典", {"qudadian", "oudadian"}),
        ("解缙", {"jiejin", "xiejin"}),
        ("曾朴", {"cengpu", "zengpu"}),
        ("乐毅", {"leyi", "yueyi"}),
        ("尉迟恭", {"yuchigong", "weichigong"}),
        ("莘庄", {"xinzhuang", "shenzhuang"}),
        ("大厦", {"dasha", "daxia"}),
    ],
)
def test_a_character_of_two_readings_is_heard_in_both(name: str, ways: set[str]) -> None:
    read = spoken_ways(name)
    assert ways <= {"".join(way) for way in read}
    assert read[0] == syllables(name)
    assert all(heard(way, f"{name}传") == name for way in ways)


def test_a_long_heading_is_read_in_a_few_ways_only() -> None:
    assert len(spoken_ways("单查仇盖乐曾区解" * 14)) == 8


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("xu2jia1hui4", "xujiahui"),
        ("xu2 jia1 hui4", "xujiahui"),
        ("xu²jia¹", "xujia"),
        ("lv4 lu:4 lü4", "lululu"),
        ("xu2家hui4", "xujiahui"),
        ("mp3", "mp3"),
        ("XH-PL-000002", "xhpl000002"),
        ("1920nian", "1920nian"),
    ],
)
def test_the_number_of_a_tone_is_no_sound(typed: str, said: str) -> None:
    assert typed_sound(typed) == said


def test_a_heading_read_otherwise_since_is_written_anew(library) -> None:
    Heading.objects.filter(holding=3).update(sound="before")
    rebuild()
    assert "xujiahui" in Heading.objects.filter(holding=3).values_list("sound", flat=True)


def test_single_characters_apart_are_a_name_and_words_only_where_there_is_none(library) -> None:
    library.shelf[20] = entry(20, "名单", "讲解员：李　梅，统筹：王　小　川。")
    library.shelf[21] = entry(21, "花木", "有李，亦有梅有杏")
    rebuild()
    assert answer(Query("李 梅")).hits.ids == (20,)
    assert answer(Query("王小 川")).hits.ids == (20,)
    assert answer(Query("王　小　川")).hits.ids == (20,)
    assert answer(Query("杏 李")).hits.ids == (21,)
    assert answer(Query("杏 李", exact=True)).hits.ids == (21,)


def test_one_character_is_no_name(library) -> None:
    """It stands in too many words: neither does it bring other names, nor do they bring it."""
    library.shelf[30] = place(30, "上海", "沪")
    library.shelf[31] = entry(31, "甲", "沪上")
    library.shelf[32] = entry(32, "乙", "上海")
    rebuild()
    found = answer(Query("沪"))
    assert not found.understood.meanings
    assert sorted(found.hits.ids) == [30, 31]
    assert sorted(answer(Query("上海")).hits.ids) == [30, 32]
