"""What was searched for in vain is counted without a trace of who asked."""

import pytest
from django.db import OperationalError
from django.utils import timezone

from search import zero_results
from search.models import Unfound


@pytest.fixture(autouse=True)
def nothing_waits() -> None:
    """Words that another test noted are not this one's."""
    zero_results._waiting.clear()


@pytest.mark.each_database
@pytest.mark.django_db
def test_the_same_words_are_one_row() -> None:
    for words in ("空中缆车", "空中 纜車", "空中缆车"):
        zero_results.note(words)
    zero_results.write()
    zero_results.note("空中缆车")
    zero_results.write()
    row = Unfound.objects.get()
    assert (row.plain, row.times, row.first, row.last) == ("空中缆车", 4, timezone.localdate(), timezone.localdate())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        "13800138000",
        "138-0013-8000 张",
        "310104 1990 0101",
        "１３８００１３８０００ 张",
        "a@b.cn",
        "ａ＠ｂ．ｃｎ",
        "ｗｗｗ．ｘ．ｃｎ",
        "https://x.cn/a",
        "www.x.cn",
        "路" * 61,
        "!!",
        "1915",
        "",
    ],
)
def test_what_could_be_somebodys_is_not_kept(words: str) -> None:
    zero_results.note(words)
    zero_results.write()
    assert not Unfound.objects.exists()


@pytest.mark.each_database
@pytest.mark.django_db
def test_what_a_librarian_let_be_stays_so() -> None:
    Unfound.objects.create(plain="空中缆车", words="空中缆车", settled=True)
    zero_results.note("空中缆车")
    zero_results.write()
    row = Unfound.objects.get()
    assert (row.times, row.settled) == (2, True)


@pytest.mark.each_database
@pytest.mark.django_db
def test_the_least_wanted_make_room(monkeypatch) -> None:
    monkeypatch.setattr(zero_results, "MOST", 3)
    for times, words in enumerate(("甲乙", "丙丁", "戊己", "庚辛"), 1):
        for _ in range(times):
            zero_results.note(words)
    zero_results.write()
    assert set(Unfound.objects.values_list("words", flat=True)) == {"丙丁", "戊己", "庚辛"}


def test_a_flood_is_bounded(monkeypatch) -> None:
    monkeypatch.setattr(zero_results, "MOST_WAITING", 10)
    for number in range(100):
        zero_results.note(f"词{number}")
    assert len(zero_results._waiting) == 10
    zero_results._waiting.clear()


@pytest.mark.each_database
@pytest.mark.django_db
def test_a_database_that_refuses_is_logged_and_forgotten(monkeypatch, caplog) -> None:
    def locked() -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(zero_results, "PAUSE", 0)
    monkeypatch.setattr(zero_results, "write", locked)
    monkeypatch.setattr(zero_results.connections, "close_all", lambda: None)
    zero_results._later()
    assert "could not be written down" in caplog.text
