"""A number is found however it is written, in both engines; exact mode takes it as it is typed."""

from unicodedata import normalize

import pytest

from search.document import Document
from search.engines import Engine
from search.numerals import MOST, others, spoken
from search.query import Query

SAME = (
    ("1920年", "一九二〇年", "一九二○年", "一九二零年", "二十"),
    ("2026号", "二〇二六号", "二○二六号", "二零二六号", "二〇二五号"),
    ("120亩", "一百二十亩", "百二十亩", "一百廿亩", "一百三十亩"),
    ("112里", "一百一十二里", "一百十二里", "壹佰壹拾贰里", "一百十三里"),
    ("23日", "二十三日", "廿三日", "２３日", "二三日"),
    ("30岁", "三十岁", "卅岁", "三〇岁", "四十岁"),
    ("第3卷", "第三卷", "卷三", "第叁卷", "第四卷"),
    ("第12卷", "第十二卷", "卷十二", "卷12", "第十三卷"),
    ("第3号", "第三号", "第Ⅲ号", "第③号", "第Ⅳ号"),
    ("98年", "九八年", "九十八年", "９８年", "九七年"),
    ("200人", "二百人", "两百人", "贰佰人", "三百人"),
    ("12000人", "一万二千人", "一万两千人", "一二〇〇〇人", "一万人"),
    (
        "1915年10月28日",
        "一九一五年十月二十八日",
        "一九一五年十月廿八日",
        "１９１５年１０月２８日",
        "一九一五年十月八日",
    ),
)


@pytest.mark.parametrize("spellings", SAME, ids=[row[0] for row in SAME])
def test_r44_each_spelling_finds_all_and_no_other(empty: Engine, spellings: tuple[str, ...]) -> None:
    texts = [f"文中{text}立石" for text in spellings]
    empty.change([Document(n, "entry", f"U-{n}", "", text=text) for n, text in enumerate(texts, 1)])
    for words in spellings[:4]:
        assert set(empty.search(Query(words)).ids) == {1, 2, 3, 4}, words
        # Width is folded in exact mode too, and nothing else.
        same = {n for n, text in enumerate(texts, 1) if normalize("NFKC", words) in normalize("NFKC", text)}
        assert set(empty.search(Query(words, exact=True)).ids) == same


@pytest.mark.parametrize(
    "words", ["三山会馆", "万国公报", "陆家嘴", "万一", "一", "十", "徐家汇", "XH-PL-000003", "百代", "Avenue 5b"]
)
def test_a_word_with_a_numeral_in_it_is_no_number(words: str) -> None:
    assert others(words) == ()


def test_any_number_is_read_as_it_is_said() -> None:
    for number in [*range(1, 1300), 9999, 10_000, 10_050, 12_000, 100_000, 1_200_345]:
        assert f"{number}人" in others(f"{spoken(number)}人")
        assert f"{spoken(number)}人" in others(f"{number}人")


def test_a_long_row_of_numerals_is_answered() -> None:
    assert len(others("一二三四五六七八九" * 28)) <= MOST
    assert len(others("1" * 256)) <= MOST
