"""Passages show where the words stand, as written, and never more or less of the text."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import LEAF, chain
from search.query import Query
from search.snippets import Passage, marked, opening, passages


def shown(found: list[Passage]) -> list[str]:
    """Write passages with brackets round the marks."""
    return ["".join(f"[{p.text}]" if p.marked else p.text for p in passage.pieces) for passage in found]


@pytest.mark.parametrize(
    ("text", "query", "marks"),
    [
        ("其岸髙而多樹", "高而多树", "其岸[髙而多樹]"),
        ("黃浦江，黄浦江", "黄浦", "[黃浦]江，[黄浦]江"),
        ("黃浦江，黄浦江", '"黄浦"', "黃浦江，[黄浦]江"),
        ("Old Churches, a church", "churches", "Old [Churches], a [church]"),
        ("Cities and a city; capacity", "city", "[Cities] and a [city]; capacity"),
        ("ＣＡＦÉ café cafe", "cafe", "[ＣＡＦÉ] [café] [cafe]"),
        ("Avenue  Joffre's end", '"avenue joffres"', "[Avenue  Joffre's] end"),
        ("AI 大模型与AI大模型", "ai大模型", "[AI 大模型]与[AI大模型]"),
        ("時尚⟦013-1b⟧可見一斑", "尚可见", "時[尚可見]一斑"),
        ("二十二十二", "二十二", "[二十二十二]"),
        ("<b>水</b>", "水", "<b>[水]</b>"),
        ("崇祯六年，徐光启卒", "六年徐光启", "崇祯[六年，徐光启]卒"),
        ("崇祯六年，徐光启卒", '"六年徐光启"', ""),
        ("统筹：王　小　川。", "王小川", "统筹：[王　小　川]。"),
        ("甲，乙⟦013-1a⟧，丙", "甲乙丙", "[甲，乙，丙]"),
        ("Straße, weiß, Ærø, oﬃce", "strasse", "[Straße], weiß, Ærø, oﬃce"),
        ("Straße, weiß, Ærø, oﬃce", "weiss", "Straße, [weiß], Ærø, oﬃce"),
        ("Straße, weiß, Ærø, oﬃce", "aero office", "Straße, weiß, [Ærø], [oﬃce]"),
        ("Łódź and Đorđe", "Dorde, lodz", "[Łódź] and [Đorđe]"),
        ("Tzʻu-hsi, Xi´an", "Tz'u-hsi xian", "[Tzʻu-hsi], [Xi´an]"),
        ("⾼桥，髙橋", "高桥", "[⾼桥]，[髙橋]"),
        ("ISBN 978-7-5439-0123-0", "9787543901230", "[ISBN 978-7-5439-0123-0]"),
        ("一九二〇年，1920年", "1920年", "[一九二〇年]，[1920年]"),
    ],
)
def test_marks(text: str, query: str, marks: str) -> None:
    assert shown(passages(text, Query(query))) == ([marks] if marks else [])


def test_the_paragraphs_with_most_different_words_win_and_keep_their_order() -> None:
    text = "水\n水和舟\n无\n舟水舟\n水舟"
    assert [p.paragraph for p in passages(text, Query("水，舟"), limit=2)] == [1, 3]


def test_a_long_paragraph_is_cut_around_the_words() -> None:
    (passage,) = passages("前" * 500 + "徐家匯" + "後" * 500, Query("徐家汇"))
    assert passage.before
    assert passage.after
    assert "[徐家匯]" in shown([passage])[0]
    assert len(shown([passage])[0]) < 120


def test_latin_words_are_not_cut() -> None:
    (line,) = shown(
        passages("Some introductory sentences " * 30 + "Joffre " + "afterwards there " * 30, Query("Joffre"))
    )
    assert set(line.split()) <= {"Some", "introductory", "sentences", "[Joffre]", "afterwards", "there"}


def test_no_word_no_passage_but_an_opening() -> None:
    assert passages("無關", Query("徐家汇")) == []
    assert shown(opening("\n第一段⟦1a⟧話")) == ["第一段話"]
    assert opening("") == []


def test_a_title_is_marked_whole() -> None:
    assert [(p.text, p.marked) for p in marked("武康路", Query("武康"))] == [("武康", True), ("路", False)]


@given(st.text(st.sampled_from("黃黄浦江髙高 \n，Aa’é<&⟦1a⟧"), max_size=300), st.text(max_size=20))
def test_pieces_are_the_text(text: str, query: str) -> None:
    for one in ("黄浦", "高", query):
        for passage in passages(text, Query(one)):
            assert "".join(p.text for p in passage.pieces) != ""
        joined = "".join(p.text for p in marked(text, Query(one)))
        assert joined == re.sub(LEAF, "", text)


@pytest.mark.parametrize(
    "text", [" " * 100_000 + "，", "a'" * 50_000, "⟦" * 100_000, "黄" * 100_000, "a-" * 50_000, "a\u0301" * 50_000]
)
def test_no_text_makes_the_search_slow(text: str) -> None:
    started = time.process_time()
    chain(text)
    for query in ("黄黄", "a", '"a a a a"', "黄a"):
        passages(text, Query(query))
    assert time.process_time() - started < 4


@pytest.mark.parametrize("gap", [90, 200, 1000])
def test_a_passage_is_cut_where_most_different_words_are_in_view(gap: int) -> None:
    text = "水" + "无" * gap + "水水水水" + "无" * gap + "水里有舟，过桥" + "无" * gap + "舟"
    (line,) = shown(passages(text, Query("水，舟，桥")))
    assert "[水]里有[舟]，过[桥]" in line


@pytest.mark.parametrize("mark", ["⟦013-1a⟧", "⟦1b⟧", f"⟦{'9' * 40}⟧"])
def test_no_passage_is_cut_inside_a_leaf_mark(mark: str) -> None:
    for pad in range(130):
        for text in (
            "前" * 300 + mark + "前" * pad + "徐家匯" + "後" * 300,
            "前" * 300 + "徐家匯" + "後" * pad + mark + "後" * 300,
        ):
            (line,) = shown(passages(text, Query("徐家汇")))
            assert set(line) <= set("前後[徐家匯]"), pad
