"""The embedded engine finds every substring, nothing else, in a fixed order, and counts what it lists."""

import random
import re
from dataclasses import replace

import pytest

from search.analysis import chain
from search.document import FACETS, Document
from search.engines.whoosh import WhooshEngine
from search.hits import IndexBroken, IndexMissing
from search.query import Query


def oracle(documents: list[Document], text: str, *, exact: bool) -> set[int]:
    """Look through every text, the slow way."""
    needle = chain(text, exact=exact)
    parts = {document.id: (document.title, document.title_en, document.text) for document in documents}
    return {key for key, texts in parts.items() if any(needle in chain(part, exact=exact) for part in texts)}


def everything(engine: WhooshEngine, query: Query) -> list[int]:
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


def test_characters_that_do_not_stand_together_are_not_found(whoosh: WhooshEngine) -> None:
    whoosh.index([a(1, text="吴王，王好剑"), a(2, text="吴王好剑"), a(3, text="吴王\n王好"), a(4, text="高⟦1a⟧髙山")])
    assert whoosh.search(Query("吴王好")).ids == (2,)
    assert whoosh.search(Query("王好剑", exact=True)).total == 2
    assert whoosh.search(Query("高高山")).ids == (4,)


def test_variants_meet_in_normal_mode_and_not_in_exact_mode(whoosh: WhooshEngine) -> None:
    whoosh.index([a(1, text="其岸髙"), a(2, text="其岸高"), a(3, text="黃浦"), a(4, text="黄浦")])
    assert set(whoosh.search(Query("岸高")).ids) == {1, 2}
    assert whoosh.search(Query("岸高", exact=True)).ids == (2,)
    assert whoosh.search(Query('"岸髙"')).ids == (1,)
    assert set(whoosh.search(Query("黃浦")).ids) == set(whoosh.search(Query("黄浦")).ids) == {3, 4}


def test_latin_words_and_mixed_script(whoosh: WhooshEngine) -> None:
    whoosh.index(
        [a(1, text="In 2026年 the Churches of Avenue Joffre"), a(2, text="Joffre’s avenue, 年 2026"), a(3, text="café")]
    )
    assert set(whoosh.search(Query("joffre AVENUES")).ids) == {1, 2}
    assert whoosh.search(Query('"avenue joffre"')).ids == (1,)
    assert whoosh.search(Query("2026年")).ids == (1,)
    assert whoosh.search(Query("CAFE")).ids == (3,)
    assert whoosh.search(Query("cafe", exact=True)).ids == ()


def test_full_title_before_full_name_before_title_before_names_before_text(whoosh: WhooshEngine) -> None:
    whoosh.index(
        [
            a(1, "无关", text="徐家汇" * 30),
            a(2, "无关", names=("徐家汇老街",)),
            a(3, "徐家汇藏书楼"),
            a(4, "无关", names=("徐家匯",)),
            a(5, "徐家汇"),
        ]
    )
    assert whoosh.search(Query("徐家汇")).ids == (5, 4, 3, 2, 1)


def test_equal_weights_are_ordered_by_id(whoosh: WhooshEngine) -> None:
    whoosh.index([a(number, text="同文") for number in (9, 3, 7)])
    assert whoosh.search(Query("同文")).ids == (3, 7, 9)


def test_a_uid_is_found(whoosh: WhooshEngine) -> None:
    whoosh.index([replace(a(1), uid="XH-PL-000003"), replace(a(2), uid="XH-PL-000030")])
    assert whoosh.search(Query("xh-pl-000003")).ids == (1,)


def test_counts_equal_the_lists_they_lead_to(filled: WhooshEngine) -> None:
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


def test_excluded_ids_are_neither_listed_nor_counted(filled: WhooshEngine) -> None:
    before = filled.search(Query("水"))
    hidden = frozenset(before.ids[:5])
    after = filled.search(Query("水", exclude=hidden))
    assert after.total == before.total - 5
    assert not hidden & set(after.ids)
    assert sum(count for _, count in after.facets["kinds"]) == after.total
    title = Query("水")
    assert not {s.id for s in filled.suggest(title.text, exclude=frozenset(range(1, 200)))}


def test_pages_follow_each_other_and_a_page_too_far_is_the_last(filled, documents) -> None:
    assert len(everything(filled, Query(size=7))) == len(set(everything(filled, Query(size=7)))) == len(documents)
    far = filled.search(Query("", size=7, page=9999))
    assert far.page == far.pages == 18


def test_sorted_by_time_those_without_a_date_come_last(whoosh: WhooshEngine) -> None:
    whoosh.index(
        [a(1, text="同"), a(2, text="同", first=700_000, last=700_001), a(3, text="同", first=600_000, last=800_000)]
    )
    assert whoosh.search(Query("同", sort="oldest")).ids == (3, 2, 1)
    assert whoosh.search(Query("同", sort="newest")).ids == (3, 2, 1)


def test_suggestions_begin_with_what_was_typed_first(whoosh: WhooshEngine) -> None:
    whoosh.index([a(1, "武康路"), a(2, "武康大楼"), a(3, "老武康"), a(4, "淮海中路", names=("霞飛路",))])
    assert [s.id for s in whoosh.suggest("武康")] == [1, 2, 3]
    assert [s.text for s in whoosh.suggest("霞飞")] == ["霞飛路"]


def test_changes_replace_and_removals_stay_removed(whoosh: WhooshEngine) -> None:
    for turn in range(12):
        whoosh.index([a(number, text=f"第{turn}稿 同文") for number in range(turn, turn + 4)])
        whoosh.delete([turn])
    assert whoosh.search(Query("第0稿")).total == 0
    assert set(whoosh.search(Query("同文")).ids) == whoosh.ids() == {12, 13, 14}
    assert whoosh.health().documents == 3


def test_a_lone_surrogate_in_a_text_is_indexed_without_it(whoosh: WhooshEngine) -> None:
    whoosh.index([a(1, text="黄\ud800浦")])
    assert whoosh.search(Query("黄")).ids == (1,)


def test_missing_and_broken_say_so(tmp_path, whoosh: WhooshEngine) -> None:
    missing = WhooshEngine(tmp_path / "none")
    with pytest.raises(IndexMissing):
        missing.search(Query("水"))
    assert missing.health().state == "missing"
    whoosh.index([a(1, text="同文")])
    for file in whoosh.place.current().glob("*.seg"):
        file.write_bytes(file.read_bytes()[:40])
    whoosh.close()
    with pytest.raises(IndexBroken):
        whoosh.search(Query("同文"))
    assert whoosh.health().state == "broken"


def test_an_index_of_an_older_chain_still_answers_and_says_so(whoosh: WhooshEngine, monkeypatch) -> None:
    whoosh.index([a(1, text="同文")])
    monkeypatch.setattr("search.engines.whoosh.fingerprint", lambda: "another")
    assert whoosh.search(Query("同文")).ids == (1,)
    assert whoosh.health().state == "stale"


def test_readers_go_on_while_another_process_rebuilds(whoosh: WhooshEngine) -> None:
    whoosh.index([a(1, text="同文")])
    reader = WhooshEngine(whoosh.place.root)
    for turn in range(3):
        assert reader.search(Query("同文")).ids == (1,)
        whoosh.rebuild([a(1, text=f"同文{turn}")])
    assert reader.search(Query("同文2")).ids == (1,)
    assert len([folder for folder in whoosh.place.root.iterdir() if folder.is_dir()]) == 1


def test_a_build_that_fails_leaves_the_old_index(whoosh: WhooshEngine) -> None:
    whoosh.index([a(1, text="同文")])

    def failing():
        yield a(2, text="同文")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        whoosh.rebuild(failing())
    assert whoosh.search(Query("同文")).ids == (1,)
