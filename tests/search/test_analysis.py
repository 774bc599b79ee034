"""The text chain: what is the same, what stands together, what an index lists."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import chain, counted, stem, terms
from search.folding import fold
from search.ranking import times


@pytest.mark.parametrize(
    ("written", "chained"),
    [
        ("髙黃浦匯 ＡＢＣ１２ Café", "高黄浦汇<abc12><cafe>"),
        ("家·梧桐樹下", "家梧桐树下"),
        ("a1b2漢 x漢", "<a1b2>汉<x>汉"),
        ("2026年", "<2026>年"),
        ("AI 大模型", "<ai>大模型"),
        ("Zi-ka-wei", "<zi><ka><wei>"),
        ("city cities churches Xu’an", "<city><city><church><xuan>"),
        ("甲\n乙", "甲\n乙"),
        ("甲 乙", "甲乙"),
        ("時尚⟦013-1b⟧可見", "时尚可见"),
        ("葛\U000e0100城", "葛城"),
        ("𠮷野家ﾐﾙｸ", "吉野家ミルク"),
        ("ミルク・カフェ", "ミルクカフェ"),
        ("cafe\u0301", "<cafe>"),
        ("，。!", ""),
        ("六年，徐光启　卒；AI，甲", "六年徐光启卒<ai>甲"),
        ("One, two. ‘Three’ four", "<one>,<two>,<three><four>"),
        ("Tzʻu T‘ien Xi´an Yan`an Maʻ Hsü", "<tzu><tien><xian><yanan><ma><hsu>"),
        ("Łódź ŒUVRE Straße ﬁn İzmir Þór ơ ấ", "<lodz><oeuvre><strasse><fin><izmir><thor><o><a>"),
        ("⑫号 ㈠ Ⅷ", "<12>号一<viii>"),
        ("二○二零", "二〇二〇"),
        ("⾼⻢⻋", "高马车"),
        ("著者", "著者"),
    ],
)
def test_chain(written: str, chained: str) -> None:
    assert chain(written) == chained


def test_exact_folds_width_and_case_alone() -> None:
    assert chain("髙黃 ＡＢ Cafés", exact=True) == "髙黃<ab><cafés>"
    assert chain("甲，乙 丙 Łódź ß ﬁ 零○", exact=True) == "甲,乙,丙<łódź><ß><fi>零○"
    assert chain("Ma‘ Hsü’s", exact=True) == "<ma>,<hsüs>"


def test_old_book_variants_meet_the_usual_characters() -> None:
    assert fold("髙逺㑹畧眀扵黃葢𩔖𨽻𫝊㳺䟽") == "高远会略明于黄盖类隶传游疏"


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    for exact in (False, True):
        assert fold(fold(text, exact=exact), exact=exact) == fold(text, exact=exact)


def test_every_letter_that_unicode_names_a_latin_one_with_a_mark_is_folded() -> None:
    small = (chr(code) for code in range(0x100, 0x250))
    named = [char for char in small if re.match("LATIN SMALL LETTER [A-Z] WITH ", unicodedata.name(char, ""))]
    assert len(named) > 90
    assert [char for char in named if not fold(char).isascii()] == []


@given(st.text(st.sampled_from("髙黃浦匯舊a é's-‐，。\n ⟦1⟧ーミ\U000e0100𠮷")))
def test_a_chain_is_the_same_when_folded_before(text: str) -> None:
    assert chain(fold(text)) == chain(text)


def test_an_index_lists_words_pairs_and_every_character_and_a_query_looks_up_pairs() -> None:
    assert terms("黄浦江<joffre>,舟黄浦") == ["黄浦", "浦江", "joffre", "舟黄"]
    assert terms("黄浦<joffre>,舟") == ["黄浦", "joffre", "舟"]
    assert counted("黄浦江<joffre>,舟黄浦") == {
        "黄": 2,
        "浦": 2,
        "江": 1,
        "舟": 1,
        "黄浦": 2,
        "浦江": 1,
        "舟黄": 1,
        "joffre": 1,
    }


@given(st.text(st.sampled_from("二十黄浦,\n")), st.text(st.sampled_from("二十黄浦"), min_size=1, max_size=2))
def test_a_term_is_counted_as_often_as_it_stands_there(text: str, term: str) -> None:
    assert counted(chain(text))[term] == times(chain(text).encode(), term.encode())


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("roads", "road"),
        ("churches", "church"),
        ("boxes", "box"),
        ("temples", "temple"),
        ("cities", "city"),
        ("glass", "glass"),
        ("bus", "bus"),
        ("shoes", "shoes"),
    ],
)
def test_stem(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed
