"""No lives of the living (生不立传): a story is shown and found only where the record says that the life has ended."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from authorities.models import Person
from cms.dates import has_ended
from cms.importing import import_files
from cms.indexing.source import Source
from cms.models import Shelf
from search.models import Record

CASES = Path(__file__).parents[1] / "cases"
TODAY = datetime.date(2026, 11, 27)
ENDED = (
    "1862/1933",
    "/1985",
    "../1985",
    "1899-05-01/1985-06",
    "12XX/13XX",
    "0929/0988",
    "1847~/1905~",
    "1938/2026",
    "-0551/-0479",
)
NOT_ENDED = (
    *("", "1962", "1962~", "1962?", "196X", "1962-05", "1962-05-18", "19XX"),
    *("1962/", "1962/..", "1962~/..", "1990/2050", "1962/2027", "1901/1905", "1985/1985", "no date", "1962/no date"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Start in Chinese; a request for an English page leaves English behind in the thread."""
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize("edtf", ENDED)
def test_a_life_with_a_death_has_ended(edtf: str) -> None:
    assert has_ended(edtf, TODAY)


@pytest.mark.parametrize("edtf", NOT_ENDED)
def test_a_life_without_one_has_not(edtf: str) -> None:
    """A birth, however vague, an open end, one to come, and a doubt about the birth."""
    assert not has_ended(edtf, TODAY)


@pytest.fixture
def lives(index: None, django_capture_on_commit_callbacks: Callable) -> dict[str, Person]:
    """The three people of R06, as a librarian's table has them, by their numbers."""
    with django_capture_on_commit_callbacks(execute=True):
        import_files([(Person, CASES / "R06.csv")])
    return {person.uid: person for person in Person.objects.filter(uid__startswith="R06")}


def test_r06_a_birth_alone_shows_and_finds_no_life(lives: dict[str, Person], client: Client) -> None:
    one, two, three = (lives[f"R06-{number}"].url for number in (1, 2, 3))
    for prefix in ("", "/en"):
        assert "私事" not in client.get(prefix + one).content.decode()
        assert "私事" not in client.get(prefix + two).content.decode()
        assert "已故者的生平" in client.get(prefix + three).content.decode()
        assert client.get(f"{prefix}/search/?q=弄堂里长大").context["hits"].total == 0
        assert client.get(f"{prefix}/search/?q=弄堂私事").context["hits"].total == 0
        assert client.get(f"{prefix}/search/?q=已故者的生平").context["hits"].total == 1


@pytest.mark.parametrize(
    ("dates", "living", "shown"),
    [("1962年", False, False), ("1862年至1933年", False, True), ("1862年至1933年", True, False)],
)
def test_a_life_is_shown_and_searched_alike_in_both_languages(
    dates: str, living: bool, shown: bool, index: None, client: Client, django_capture_on_commit_callbacks: Callable
) -> None:
    """What the page withholds, the index, its records and the home page withhold too; whom a librarian ticked lives."""
    with django_capture_on_commit_callbacks(execute=True):
        person = Person(
            title="钱某",
            body="早年私事",
            body_en="Private youth",
            date_text=dates,
            featured=1,
            title_en="Qian",
            living=living,
        )
        Shelf.objects.get(slug="people").add_child(instance=person)
        person.save_revision().publish()
    (document,) = Source().documents([person.pk])
    record = Record.objects.get(pk=person.pk)
    address = person.url
    said = [client.get(prefix + path).content.decode() for prefix in ("", "/en") for path in (address, "/")]
    for text in (document.text, record.text, *said):
        assert ("早年私事" in text or "Private youth" in text) is shown
    assert ("Private youth" in document.text_en) is shown
    for prefix in ("", "/en"):
        around = client.get(prefix + address).context["around"]
        assert bool(around.body) is bool(around.abstract) is shown
