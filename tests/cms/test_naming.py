"""Names in the order of time, before our era too: who began together stands together, and years are said as readers write them."""

import pytest
from django.utils import translation

from cms.models import Name
from cms.pages.name_history import spells, year_said


def names(*rows: tuple[str, str, str, str]) -> list[Name]:
    """Return names: text, language, from, to."""
    return [Name(text=text, language=language, valid_from=a, valid_to=b) for text, language, a, b in rows]


def test_names_follow_each_other_in_time_across_our_era() -> None:
    """Those without a date come last, names in letters beside those in characters that began with them."""
    found = spells(
        names(
            ("徐家汇", "zh-Hans", "", ""),
            ("华亭", "zh-Hans", "0751", "1292"),
            ("娄县", "zh-Hans", "-0220", "0219"),
            ("疁县", "zh-Hans", "-0221", "-0206"),
            ("Louxian", "zh-Latn", "-0220", ""),
            ("上海县", "zh-Hans", "1292", "1928"),
        )
    )
    assert [[n.text for n in (*s.han, *s.letters)] for s in found] == [
        ["疁县"], ["娄县", "Louxian"], ["华亭"], ["上海县"], ["徐家汇"],
    ]  # fmt: skip
    with translation.override("zh-hans"):
        assert [(s.since, s.until) for s in found] == [
            ("前222", "前207"), ("前221", "219"), ("751", "1292"), ("1292", "1928"), ("", ""),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("ends", "last"), [(("1943", "1950-05"), "1950"), (("-0010", "-0200"), "前11"), (("", "1906"), "1906")]
)
def test_a_spell_lasts_as_long_as_any_of_its_names(ends: tuple[str, str], last: str) -> None:
    rows = [("甲路", "zh-Hans", "-0300", ends[0]), ("Route A", "fr", "-0300", ends[1])]
    with translation.override("zh-hans"):
        assert [spell.until for given in (rows, rows[::-1]) for spell in spells(names(*given))] == [last, last]


@pytest.mark.parametrize(
    ("edtf", "chinese", "english"),
    [
        ("1915-06", "1915", "1915"), ("191X", "191X", "191X"), ("", "", ""), ("1915?", "1915", "1915"),
        ("-0221", "前222", "222 BC"), ("-0221-10", "前222", "222 BC"), ("-022X", "-022X", "-022X"), ("0000", "前1", "1 BC"),
    ],
)  # fmt: skip
def test_a_year_is_said_as_readers_write_it(edtf: str, chinese: str, english: str) -> None:
    """EDTF has a year 0, which is 1 BC; people have none."""
    for language, said in (("zh-hans", chinese), ("en", english)):
        with translation.override(language):
            assert year_said(edtf) == said
