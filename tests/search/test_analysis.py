"""The text chain: what is the same, what stands together, what an index lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import chain, stem, terms
from search.folding import fold


@pytest.mark.parametrize(
    ("written", "chained"),
    [
        ("髙黃浦匯 ＡＢＣ１２ Café", "高黄浦汇<abc12><cafe>"),
        ("家·梧桐樹下", "家,梧桐树下"),
        ("a1b2漢 x漢", "<a1b2>汉<x>汉"),
        ("2026年", "<2026>年"),
        ("AI 大模型", "<ai>大模型"),
        ("Zi-ka-wei", "<zi><ka><wei>"),
        ("city cities churches Xu’an", "<city><city><church><xuan>"),
        ("甲\n乙", "甲\n乙"),
        ("甲 乙", "甲,乙"),
        ("時尚⟦013-1b⟧可見", "时尚可见"),
        ("葛\U000e0100城", "葛城"),
        ("𠮷野家ﾐﾙｸ", "吉野家ミルク"),
        ("ミルク・カフェ", "ミルク,カフェ"),
        ("cafe\u0301", "<cafe>"),
        ("，。!", ""),
        ("著者", "著者"),
    ],
)
def test_chain(written: str, chained: str) -> None:
    assert chain(written) == chained


def test_exact_folds_width_and_case_alone() -> None:
    assert chain("髙黃 ＡＢ Cafés", exact=True) == "髙黃<ab><cafés>"


def test_old_book_variants_meet_the_usual_characters() -> None:
    assert fold("髙逺㑹畧眀扵黃葢𩔖𨽻𫝊㳺䟽") == "高远会略明于黄盖类隶传游疏"


@given(st.text())
def test_fold_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(fold(text, exact=True)) == len(text)


@given(st.text(st.sampled_from("髙黃浦匯舊a é's-‐，。\n ⟦1⟧ーミ\U000e0100𠮷")))
def test_a_chain_is_the_same_when_folded_before(text: str) -> None:
    assert chain(fold(text)) == chain(text)


def test_terms_are_characters_bigrams_and_words() -> None:
    assert terms("黄浦江<joffre>,舟") == ["黄浦", "浦江", "黄", "浦", "江", "joffre", "舟"]
    assert terms("黄浦江<joffre>,舟", single=False) == ["黄浦", "浦江", "joffre", "舟"]


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
