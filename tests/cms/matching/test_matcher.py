"""A written name finds the record that it means, in the index or out of it; what could be several things is certain of none."""

from collections.abc import Callable

import pytest

from authorities.models import Person, Place
from chronicle.models import Entry
from cms.dates import parse_edtf
from cms.matching.matcher import Asked, Matcher
from cms.matching.scoring import Candidate, Way
from cms.models import FormerNumber, Holding, Name
from cms.visibility import visible
from search.models import Outbox
from search.rebuilding import rebuild

Put = Callable[..., Holding]
WHERE = ("in the index", "out of the index")


def named(holding: Holding, *names: tuple[str, str, str]) -> Holding:
    """Give a holding other names, each with the years of its use."""
    for text, start, end in names:
        holding.names.add(Name(text=text, valid_from=start, valid_to=end))
    holding.save()
    return holding


@pytest.fixture(params=WHERE)
def library(request: pytest.FixtureRequest, put: Put) -> dict[str, Holding]:
    """Roads that took each other's names, a place, a person, and an entry that is called like the place."""
    joffre = named(
        put(Place, "淮海中路", title_en="Huaihai Middle Road"),
        ("霞飞路", "1915", "1943"),
        ("Avenue Joffre", "1915", "1943"),
        ("林森路", "1945", "1950"),
    )
    other = named(put(Place, "华山路"), ("林森路", "1930", "1938"), ("Avenue Pétain", "", ""))
    made = {
        "joffre": joffre,
        "other": other,
        "zikawei": named(put(Place, "徐家汇"), ("Zi-ka-wei", "", "")),
        "entry": put(Entry, "徐家汇"),
        "person": put(Person, "张晓明"),
        "south": put(Place, "南昌路"),
    }
    if request.param == WHERE[0]:
        rebuild()
    return made


def ask(text: str, *kinds: type[Holding], when: str = "") -> list[Candidate]:
    """Ask for a name among all records."""
    asked = Asked(text, frozenset(kinds), parse_edtf(when) if when else None)
    return Matcher(Holding.objects.all()).candidates(asked)


CERTAIN = [
    ("霞飞路", "joffre", Way.FORMER),
    ("霞飛路", "joffre", Way.FORMER),
    ("ＡＶＥＮＵＥ　JOFFRE", "joffre", Way.FORMER),
    ("Huaihai  middle road", "joffre", Way.TITLE),
    ("avenue petain", "other", Way.NAME),
    ("Zikawei", "zikawei", Way.NAME),
    ("徐家匯", "zikawei", Way.TITLE),
    ("xujiahui", "zikawei", Way.SOUND),
    ("Xú jiā huì", "zikawei", Way.SOUND),
    ("xu2 jia1 hui4", "zikawei", Way.SOUND),
]


def test_names_that_are_certain(library: dict[str, Holding]) -> None:
    """By characters old and new, accents, width, letters and pinyin; of a place and an entry it is the place."""
    for text, wanted, way in CERTAIN:
        first = ask(text)[0]
        assert (first.uid, first.is_certain, first.way) == (library[wanted].uid, True, way), text


PROPOSED = [
    ("霞飞", "joffre", Way.FORM),
    ("霞飞大街", "joffre", Way.FORM),
    ("Joffre Ave.", "joffre", Way.FORM),
    ("Route Petain", "other", Way.FORM),
    ("南昌路(雁荡路至襄阳南路段)", "south", Way.QUALIFIED),
    ("xjh", "zikawei", Way.INITIALS),
    ("Avenue Jofre", "joffre", Way.LIKE),
    ("霞非路", "joffre", Way.LIKE),
    ("zhangxiaoming", "person", Way.SOUND),
]


def test_names_that_are_only_likely(library: dict[str, Holding]) -> None:
    """Without the word for what it is, with another, in brackets, by initials, misspelt; and a person by ear."""
    for text, wanted, way in PROPOSED:
        first = ask(text)[0]
        assert (first.uid, first.is_certain, first.way) == (library[wanted].uid, False, way), text
        assert 0 < first.score < 95, text


def test_one_name_of_two_roads_is_certain_of_none(library: dict[str, Holding]) -> None:
    """Both are proposed with equal scores, and no other."""
    found = ask("林森路")
    assert {one.uid for one in found} == {library["joffre"].uid, library["other"].uid}
    assert not any(one.is_certain for one in found)
    assert len({one.score for one in found}) == 1


@pytest.mark.parametrize(("when", "wanted"), [("1946", "joffre"), ("1935-05", "other"), ("1940", "")])
def test_a_date_tells_namesakes_apart(library: dict[str, Holding], when: str, wanted: str) -> None:
    """The one that was called so then; where neither was, none."""
    found = ask("林森路", when=when)
    assert [one.uid for one in found if one.is_certain] == ([library[wanted].uid] if wanted else [])
    if wanted:
        assert [one.fits_time for one in found] == [True, False]
        assert found[0].score > found[1].score


def test_a_date_does_not_take_a_name_from_the_only_one(library: dict[str, Holding]) -> None:
    """A text of 1960 may well say 霞飞路."""
    (found,) = ask("霞飞路", when="1960")
    assert (found.uid, found.is_certain, found.fits_time) == (library["joffre"].uid, True, False)


def test_a_number_is_certain(library: dict[str, Holding]) -> None:
    """In small letters and full width too."""
    uid = library["south"].uid
    for text in (uid, uid.lower(), f" {uid.replace('-', '－')} "):
        assert [(one.uid, one.score, one.is_certain) for one in ask(text)] == [(uid, 100, True)]


def test_only_the_kinds_wanted_are_proposed(library: dict[str, Holding]) -> None:
    """Where an entry is wanted, the place of its name is none."""
    assert [(one.uid, one.is_certain) for one in ask("徐家汇", Entry)] == [(library["entry"].uid, True)]
    assert ask("霞飞路", Person) == []


@pytest.mark.parametrize("text", ["", " ", "——", "\0", "\ud800", "路", "林" * 5_000, "a" * 5_000, "%", "'; --", "（）"])
def test_what_is_no_name_is_certain_of_nothing(library: dict[str, Holding], text: str) -> None:
    assert not any(one.is_certain for one in ask(text))


def test_what_is_hidden_is_never_proposed(library: dict[str, Holding]) -> None:
    """Although the index still has it: records are asked for by whoever may see them."""
    Holding.objects.filter(pk=library["joffre"].pk).update(live=False)
    matcher = Matcher(visible(Holding.objects.all(), None))
    for text in ("霞飞路", "林森路", "霞飞", library["joffre"].uid):
        assert library["joffre"].uid not in [one.uid for one in matcher.candidates(Asked(text))], text
    # Two had the name, of which one is out of sight.
    assert matcher.candidates(Asked("林森路"))[0].is_certain


def test_a_name_given_a_moment_ago_is_found_before_the_index_has_it(put: Put) -> None:
    """And one that was taken away is not, though the index still has it."""
    place = named(put(Place, "旧名路"), ("老名路", "", ""))
    rebuild()
    place.names.all().delete()
    place.title = "新名路"
    place.save()
    Outbox.objects.create(holding=place.pk)
    assert [one.uid for one in ask("新名路") if one.is_certain] == [place.uid]
    assert not [one for one in ask("老名路") if one.is_certain]


def test_many_names_take_few_queries(library: dict[str, Holding], django_assert_max_num_queries: Callable) -> None:
    """A table is not asked about row by row: as many queries for a hundred names as for three."""
    matcher = Matcher(Holding.objects.all())
    with django_assert_max_num_queries(8):
        matcher.learn([f"没有的路{number}" for number in range(100)] + ["霞飞路", "林森路", "xujiahui"])
    with django_assert_max_num_queries(2):
        assert matcher.candidates(Asked("霞飞路"))[0].is_certain


def test_the_number_of_one_that_was_merged_means_the_other(library: dict[str, Holding]) -> None:
    """To those alone who may see that one."""
    FormerNumber.objects.create(uid="XH-PL-987654", holding=library["zikawei"])
    first = ask("xh-pl-987654")[0]
    assert (first.uid, first.is_certain, first.way) == (library["zikawei"].uid, True, Way.NUMBER)
    others = Matcher(Holding.objects.exclude(pk=library["zikawei"].pk))
    assert others.candidates(Asked("XH-PL-987654", frozenset(), None)) == []
