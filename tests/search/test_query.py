"""Whatever a reader sends becomes an ordinary, bounded query."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.engines import Engine
from search.numbers import standard
from search.query import LARGEST_PAGE, LONGEST, MOST_PAGES, MOST_PHRASES, Query

ODD = [
    '"',
    '""',
    '"""徐',
    "\x00",
    "\ud800",
    "徐\udfff匯",
    "*",
    "a AND (b OR",
    "徐" * 100_000,
    "word " * 600,
    "\u202e徐",
    "' --",
]


def needles(text: str, **more: bool) -> list[str]:
    return [phrase.needle for phrase in Query(text, **more).phrases]


def test_words_are_phrases() -> None:
    assert needles("黃浦 江，舟 Joffre") == ["黄浦", "江", "舟", "<joffre>"]


def test_quotes_are_exact() -> None:
    phrases = Query("“黃浦，江” 黃浦").phrases
    assert [(phrase.needle, phrase.exact) for phrase in phrases] == [("黃浦,江", True), ("黄浦", False)]


def test_exact_mode_is_exact_throughout() -> None:
    assert needles("黃浦 Roads", exact=True) == ["黃浦", "<roads>"]


def test_an_odd_quote_is_no_word() -> None:
    assert needles('"黄浦') == ["黄浦"]


def test_a_name_spread_by_spaces_is_one_and_words_are_not() -> None:
    assert needles("王 小 川") == needles("王　小　川") == ["王小川"]
    assert needles("讲解员 李 梅，王 小 川") == ["讲解员", "李梅", "王小川"]
    assert needles("王小 川") == ["王小", "川"]
    assert needles("a b The cat") == ["<a>", "<b>", "<the>", "<cat>"]
    assert needles("王 小 川", exact=True) == ["王", "小", "川"]
    assert [phrase.needle for phrase in Query("王 小 川", apart=True).phrases] == ["王", "小", "川"]


@pytest.mark.parametrize("sign", "'‘’ʻʼʾʿ´`′＇")
def test_an_apostrophe_is_typed_as_it_comes(sign: str) -> None:
    assert needles(f"T{sign}ien") == ["<tien>"]


def test_no_sign_that_is_compared_as_a_letter_parts_words() -> None:
    assert needles("Lu\u0308shun") == ["<lushun>"]
    assert needles("二○二六") == ["二〇二六"]
    assert needles("⾼桥与⽔闸") == ["高桥与水闸"]
    assert needles("甲㈠乙") == ["甲一乙"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("978-7-5439-0123-0", "<9787543901230>"),
        ("ISBN 978 7 5439 0123 0", "<9787543901230>"),
        ("ISBN-13: 9787543901230", "<9787543901230>"),
        ("９７８－７－５４３９－０１２３－０", "<9787543901230>"),
        ("7-5439-0123-4", "<9787543901230>"),
        ("ISBN 7543901234", "<9787543901230>"),
        ("ISSN 0378-5955", "<03785955>"),
        ("0378-5955", "<03785955>"),
        ("2434-561X", "<2434561x>"),
        ("xhpl000003", "<xh><pl><000003>"),
        ("XH PL 000003", "<xh><pl><000003>"),
    ],
)
def test_a_number_is_one_however_it_is_spaced(typed: str, number: str) -> None:
    assert needles(typed) == [number]


def test_three_words_of_a_sentence_are_no_number_of_a_record() -> None:
    assert needles("the code is 200030") == ["<the>", "<code>", "<is>", "<200030>"]
    assert needles("call xhpl000003") == ["<call>", "<xh><pl><000003>"]


@pytest.mark.parametrize("typed", ["1915-1943", "1915 1943", "021 5439 0123", "13812345678", "2026-05-18"])
def test_years_and_telephones_are_no_standard_numbers(typed: str) -> None:
    assert list(standard(typed)) == []


def test_nothing_findable_is_impossible_and_nothing_typed_is_not() -> None:
    assert Query("，。").impossible
    assert not Query("").impossible


@pytest.mark.parametrize("page", ["1e20", "-1", "", "٣", None, "9" * 50, "2.5"])
def test_an_odd_page_is_a_page(page: object) -> None:
    assert 1 <= Query.read("徐", page=page).page <= MOST_PAGES


def test_odd_filters_are_left_out() -> None:
    query = Query.read("徐", places=["1", "x", "1e9", "1"], decades=["1840", "\x00"], kinds=["", "entry", "entry"])
    assert (query.places, query.decades, query.kinds) == ((1,), (1840,), ("entry",))


@given(st.text() | st.sampled_from(ODD), st.booleans(), st.text(), st.integers())
@example("徐" * 100_000, True, "1e20", 10**9)
def test_any_text_is_bounded_and_answered(filled: Engine, text: str, exact: bool, page: str, size: int) -> None:
    query = Query.read(text, exact=exact, page=page, size=size, places=[text], decades=[page])
    assert len(query.text) <= LONGEST
    assert len(query.phrases) <= MOST_PHRASES
    assert 1 <= query.size <= LARGEST_PAGE
    hits = filled.search(query)
    assert len(hits.ids) <= min(hits.total, query.size)
    assert 1 <= hits.page <= hits.pages


@given(st.lists(st.sampled_from([*ODD[:8], "黃浦", "Joffre", "年", "“", "”", " "]), max_size=600).map("".join))
def test_odd_words_among_good_ones(filled: Engine, text: str) -> None:
    assert filled.search(Query.read(text)).total >= 0
