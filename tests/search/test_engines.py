"""Each engine finds every substring, nothing else, in a fixed order, and counts what it lists."""

import random
import re
from dataclasses import replace

import pytest

from search.analysis import chain
from search.document import FACETS, Document
from search.engines import Engine
from search.query import Alias, Query


def oracle(documents: list[Document], text: str, *, exact: bool) -> set[int]:
    """Look through every text, the slow way."""
    needle = chain(text, exact=exact)
    parts = {document.id: (document.title, document.title_en, document.text) for document in documents}
    return {key for key, texts in parts.items() if any(needle in chain(part, exact=exact) for part in texts)}


def everything(engine: Engine, query: Query) -> list[int]:
    """Collect the ids of all pages."""
    first = engine.search(query)
    pages = [engine.search(replace(query, page=page)).ids for page in range(1, first.pages + 1)]
    return [identity for page in pages for identity in page]


def a(number: int, title: str = "", **more: object) -> Document:
    """Write a short document."""
    return Document(id=number, kind="entry", uid=f"U-{number}", title=title, **more)


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize("length", [1, 2, 3, 4, 12])
def test_every_substring_is_found_and_nothing_else(filled, documents, exact: bool, length: int) -> None:
    chance = random.Random(length)
    tried = 0
    while tried < 60:
        text = chance.choice(documents).text
        start = chance.randrange(len(text))
        piece = text[start : start + length]
        if not re.fullmatch("[\u3400-\u9fff\U00020000-\U0003ffff]+", piece):
            continue
        tried += 1
        found = everything(filled, Query(piece, exact=exact))
        assert set(found) == oracle(documents, piece, exact=exact)
        assert len(found) == len(set(found))


def test_characters_that_do_not_stand_together_are_not_found(empty: Engine) -> None:
    empty.change([a(1, text="吴王，王好剑"), a(2, text="吴王好剑"), a(3, text="吴王\n王好"), a(4, text="高⟦1a⟧髙山")])
    assert empty.search(Query("吴王好")).ids == (2,)
    assert empty.search(Query("王好剑", exact=True)).total == 2
    assert empty.search(Query("高高山")).ids == (4,)


def test_variants_meet_in_normal_mode_and_not_in_exact_mode(empty: Engine) -> None:
    empty.change([a(1, text="其岸髙"), a(2, text="其岸高"), a(3, text="黃浦"), a(4, text="黄浦")])
    assert set(empty.search(Query("岸高")).ids) == {1, 2}
    assert empty.search(Query("岸高", exact=True)).ids == (2,)
    assert empty.search(Query('"岸髙"')).ids == (1,)
    assert set(empty.search(Query("黃浦")).ids) == set(empty.search(Query("黄浦")).ids) == {3, 4}


def test_latin_words_and_mixed_script(empty: Engine) -> None:
    empty.change(
        [a(1, text="In 2026年 the Churches of Avenue Joffre"), a(2, text="Joffre’s avenue, 年 2026"), a(3, text="café")]
    )
    assert set(empty.search(Query("joffre AVENUES")).ids) == {1, 2}
    assert empty.search(Query('"avenue joffre"')).ids == (1,)
    assert empty.search(Query("2026年")).ids == (1,)
    assert empty.search(Query("CAFE")).ids == (3,)
    assert empty.search(Query("cafe", exact=True)).ids == ()


def test_full_title_before_full_name_before_title_before_names_before_text(empty: Engine) -> None:
    empty.change(
        [
            a(1, "无关", text="徐家汇" * 30),
            a(2, "无关", names=("徐家汇老街",)),
            a(3, "徐家汇藏书楼"),
            a(4, "无关", names=("徐家匯",)),
            a(5, "徐家汇"),
        ]
    )
    assert empty.search(Query("徐家汇")).ids == (5, 4, 3, 2, 1)


def test_equal_weights_are_ordered_by_id(empty: Engine) -> None:
    empty.change([a(number, text="同文") for number in (9, 3, 7)])
    assert empty.search(Query("同文")).ids == (3, 7, 9)


def test_a_uid_is_found(empty: Engine) -> None:
    empty.change([replace(a(1), uid="XH-PL-000003"), replace(a(2), uid="XH-PL-000030")])
    assert empty.search(Query("xh-pl-000003")).ids == (1,)


def test_counts_equal_the_lists_they_lead_to(filled: Engine) -> None:
    asked = Query("水", themes=("人物",))
    facets = filled.search(asked).facets
    assert set(facets) == set(FACETS)
    for facet, counts in facets.items():
        for value, count in counts[:6]:
            assert filled.search(replace(asked, **{facet: (value,)})).total == count, (facet, value)


def test_values_of_a_facet_are_alternatives_and_facets_conditions(filled, documents) -> None:
    found = everything(filled, Query(kinds=("entry", "person"), places=(901, 902)))
    wanted = {d.id for d in documents if d.kind in ("entry", "person") and {901, 902} & set(d.places)}
    assert set(found) == wanted


def test_excluded_ids_are_neither_listed_nor_counted(filled: Engine) -> None:
    before = filled.search(Query("水"))
    hidden = frozenset(before.ids[:5])
    after = filled.search(Query("水", exclude=hidden))
    assert after.total == before.total - 5
    assert not hidden & set(after.ids)
    assert sum(count for _, count in after.facets["kinds"]) == after.total


def test_pages_follow_each_other_and_a_page_too_far_is_the_last(filled, documents) -> None:
    assert len(everything(filled, Query(size=7))) == len(set(everything(filled, Query(size=7)))) == len(documents)
    far = filled.search(Query("", size=7, page=9999))
    assert far.page == far.pages == 18


def test_sorted_by_time_those_without_a_date_come_last(empty: Engine) -> None:
    empty.change(
        [a(1, text="同"), a(2, text="同", first=700_000, last=700_001), a(3, text="同", first=600_000, last=800_000)]
    )
    assert empty.search(Query("同", sort="oldest")).ids == (3, 2, 1)
    assert empty.search(Query("同", sort="newest")).ids == (3, 2, 1)


def test_changes_replace_and_removals_stay_removed(empty: Engine) -> None:
    for turn in range(12):
        empty.change([a(number, text=f"第{turn}稿 同文") for number in range(turn, turn + 4)])
        empty.change([], [turn])
    assert empty.search(Query("第0稿")).total == 0
    assert set(empty.search(Query("同文")).ids) == set(empty.contents()) == {12, 13, 14}
    assert empty.health().documents == 3


def test_a_lone_surrogate_in_a_text_is_indexed_without_it(empty: Engine) -> None:
    empty.change([a(1, text="黄\ud800浦")])
    assert empty.search(Query("黄")).ids == (1,)


def test_punctuation_between_characters_is_passed_over_but_not_in_exact_mode(empty: Engine) -> None:
    empty.change(
        [
            a(1, text="崇祯六年，徐光启卒于北京官邸。"),
            a(2, text="崇祯六年\n徐光启卒于北京"),
            a(3, text="统筹：王　小　川"),
            a(4, text="One day, joffre avenues. Two"),
        ]
    )
    for words in ("崇祯六年徐光启卒于北京官邸", "六年徐光启", "年徐"):
        assert empty.search(Query(words)).ids == (1,)
        assert empty.search(Query(words, exact=True)).total == 0
    assert empty.search(Query('"六年，徐光启"')).ids == (1,)
    assert empty.search(Query("王小川")).ids == empty.search(Query("王 小 川")).ids == (3,)
    # Latin words are parted by punctuation, so that no two sentences make a name.
    named = Query("xx", aliases=(Alias("xx", ("Avenue Two", "Joffre Avenue")),))
    assert empty.search(named).aliases == {"<xx>": 0, "<avenue><two>": 0, "<joffre><avenue>": 1}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hsü Kuang-ch‘i", "Hsu Kuang-ch'i"),
        ("Tzʻu-hsi", "Tz’u-hsi"),
        ("From Xi´an to Yan`an", "Xi'an Yan'an"),
        ("Offices in Łódź; Straße; Ærø; Đorđe", "Lodz STRASSE aero Dorde"),
        ("Øresund Þingvellir İzmir œuvre", "oresund thingvellir izmir oeuvre"),
        ("the ﬁrst oﬃce", "first office"),
        ("Nguyễn Ái Quốc ơ ư", "nguyen ai quoc o u"),
        ("第⑫号，㈠", "第12号"),
        ("⾼桥与⽔闸，⻢⻋", "高桥与水闸马车"),
        ("ISBN 978-7-5439-0123-0", "9787543901230"),
        ("ISBN 7-5439-0123-4", "978-7-5439-0123-0"),
        ("ISSN 0378-5955", "03785955"),
    ],
)
def test_what_is_written_in_many_ways_is_found_by_the_common_one(empty: Engine, text: str, words: str) -> None:
    empty.change([a(1, text=text), a(2, text="无关 nothing 978-7-5439-0124-7")])
    assert empty.search(Query(words)).ids == (1,)


def test_what_was_typed_weighs_more_than_another_name(empty: Engine) -> None:
    empty.change([a(1, text="淮海中路上"), a(2, text="霞飞路上啊"), a(3, "淮海中路上"), a(4, "霞飞路上啊")])
    asked = Query("霞飞路", aliases=(Alias("霞飞路", ("淮海中路",)),))
    assert empty.search(asked).ids == (4, 3, 2, 1)


@pytest.mark.parametrize("part", ["title", "names", "ties", "text"])
def test_in_each_part_what_was_typed_weighs_more(empty: Engine, part: str) -> None:
    """Also among names and the names of what it is tied to; the other name alone, without a full title or name."""
    said = {1: "淮海中路上", 2: "霞飞路上啊"}
    empty.change([a(n, **{part: (text,) if part in ("names", "ties") else text}) for n, text in said.items()])
    asked = Query("霞飞路", aliases=(Alias("霞飞路", ("淮海中路",)),))
    assert empty.search(asked).ids == (2, 1)


def test_a_sign_that_is_compared_as_a_character_is_its_own_in_exact_mode(empty: Engine) -> None:
    empty.change(
        [a(1, text="二○二六年"), a(2, text="二〇二六年"), a(3, text="二，二六年"), a(4, text="⻢车"), a(5, text="马车")]
    )
    assert set(empty.search(Query("二○二六年")).ids) == set(empty.search(Query("二〇二六")).ids) == {1, 2}
    for words, found in (("二○二六", (1,)), ("○", (1,)), ("○年", ()), ("○二", (1,)), ("⻢车", (4,)), ("⻢", (4,))):
        assert empty.search(Query(words, exact=True)).ids == empty.search(Query(f'"{words}"')).ids == found, words
