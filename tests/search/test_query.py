"""Whatever a reader sends becomes an ordinary, bounded query."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.engines import Engine
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


def test_nothing_findable_is_impossible_and_nothing_typed_is_not() -> None:
    assert Query("，。").impossible
    assert not Query("").impossible


@pytest.mark.parametrize("page", ["1e20", "-1", "", "٣", None, "9" * 50, "2.5"])
def test_an_odd_page_is_a_page(page: object) -> None:
    assert 1 <= Query.read("徐", page=page).page <= MOST_PAGES


def test_odd_filters_are_left_out() -> None:
    query = Query.read("徐", places=["1", "x", "1e9", "1"], decades=["1840", "\x00"], kinds=["", "entry", "entry"])
    assert (query.places, query.decades, query.kinds) == ((1,), (1840,), ("entry",))


@settings(deadline=None)
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


@settings(deadline=None)
@given(st.lists(st.sampled_from([*ODD[:8], "黃浦", "Joffre", "年", "“", "”", " "]), max_size=600).map("".join))
def test_odd_words_among_good_ones(filled: Engine, text: str) -> None:
    assert filled.search(Query.read(text)).total >= 0
