"""Cases made from public bug reports: how things are typed and written, each found by its table's own words (tests/cases)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from authorities.models import Place
from chronicle.models import Entry, Work
from cms.importing import import_files
from cms.models import Holding
from picturebooks.models import Book
from search.rebuilding import rebuild

pytestmark = pytest.mark.django_db

CASES = Path(__file__).resolve().parents[1] / "cases"
TABLES = (("R15", Work), *((name, Entry) for name in ("R21", "R25", "R42", "R44", "R51", "P04")))


@pytest.fixture
def cases(db: None) -> None:
    """Import every table of these cases."""
    import_files([(kind, CASES / f"{name}.csv") for name, kind in TABLES])
    rebuild()


def found(client: Client, words: str, **more: str) -> list[str]:
    """Return the numbers of what a search finds."""
    return [row.holding.uid for row in client.get("/search/", {"q": words, **more}).context["results"]]


EACH = [
    ("978-7-5439-0123-0", "R15-1"),
    ("9787543901230", "R15-1"),
    ("978 7 5439 0123 0", "R15-1"),
    ("ISBN 9787543901230", "R15-1"),
    ("shanshili", "R21-1"),
    ("zhaliangzhao", "R21-2"),
    ("qiuying", "R21-3"),
    ("gejiaotian", "R21-4"),
    ("danxingxian", "R21-5"),
    ("T'ien Ju-k'ang", "R25-1"),
    ("Hsu Kuang-ch'i", "R25-1"),
    ("Tz'u-hsi", "R25-2"),
    ("Xi'an", "R25-3"),
    ("Yan'an", "R25-3"),
    ("李梅", "R42-1"),
    ("王小川", "R42-1"),
    ("李　梅", "R42-1"),
    ("1920年建成", "R44-1"),
    ("一九二一年建成", "R44-2"),
    ("120亩", "R44-1"),
    ("第3卷", "R44-1"),
    ("第四卷", "R44-2"),
    ("二〇二六号", "R44-2"),
    ("Lodz", "R51-1"),
    ("Oresund", "R51-1"),
    ("Strasse", "R51-1"),
    ("Aero", "R51-1"),
    ("Dorde", "R51-1"),
    ("高桥与水闸", "P04-1"),
]


def test_r15_r21_r25_r42_r44_r51_p04_each_question_finds_its_own(client: Client, cases: None) -> None:
    answers = [(words, found(client, words)) for words, _uid in EACH]
    assert answers == [(words, [uid]) for words, uid in EACH]


def test_exact_mode_takes_them_letter_for_letter(client: Client, cases: None) -> None:
    """But for width and for forms of one character: ⾼ is 高."""
    asked = ("1920年建成", "李梅", "高桥", "Lodz", "Strasse", "第3卷", "二〇二六号", "120亩")
    assert {words: uids for words in asked if (uids := found(client, words, exact="1"))} == {"高桥": ["P04-1"]}


def test_r24_tone_numbers_are_passed_over(client: Client, put: Callable[..., Holding]) -> None:
    place = put(Place, "徐家汇")
    rebuild()
    for words in ("xujiahui", "xu2jia1hui4", "xu2 jia1 hui4", "xu2-jia1-hui4", "Xu2jia1hui", "xú jiā huì", "xu2家hui4"):
        assert found(client, words) == [place.uid], words
    for words in ("xu2jia", "xu2", "xu2 jia1"):
        assert [one["title"] for one in client.get("/search/suggest/", {"q": words}).json()] == ["徐家汇"], words


@pytest.mark.parametrize(
    "words", ["lvsonglu", "lusonglu", "lüsonglu", "lǚsònglù", "lv3song4lu4", "lu:3 song4 lu4", "lü3song4lu4"]
)
def test_p05_u_with_and_without_its_dots(client: Client, put: Callable[..., Holding], words: str) -> None:
    place = put(Place, "吕宋路")
    rebuild()
    assert found(client, words) == [place.uid]


def test_a_sentence_is_found_without_its_commas_and_marked_with_them(
    client: Client, put: Callable[..., Holding]
) -> None:
    entry = put(Entry, "徐光启", body="崇祯六年，徐光启卒于北京官邸。\n\n无关。")
    rebuild()
    page = client.get("/search/", {"q": "崇祯六年徐光启卒于北京官邸"})
    assert [row.holding.pk for row in page.context["results"]] == [entry.pk]
    assert "<mark>崇祯六年，徐光启卒于北京官邸</mark>" in page.content.decode()
    assert "<mark>六年，徐光启</mark>" in client.get(entry.url, {"find": "六年徐光启"}).content.decode()
    assert found(client, "六年徐光启", exact="1") == []
    assert found(client, "六年，徐光启", exact="1") == [entry.uid]


def test_the_number_of_a_picture_book_finds_it(client: Client, put: Callable[..., Holding]) -> None:
    book = put(Book, "叶子的路", isbn="7-5439-0123-4")
    rebuild()
    for words in ("978-7-5439-0123-0", "7543901234", "ISBN 7 5439 0123 4"):
        assert found(client, words) == [book.uid], words


def test_a_book_s_number_is_marked_as_it_stands_there(client: Client, cases: None) -> None:
    assert "<mark>978-7-5439-0123-0</mark>" in client.get("/search/", {"q": "9787543901230"}).content.decode()
