"""What a hit shows of its text: the reader's language first, also where only the sound of the words stands in it."""

from collections.abc import Callable

import pytest
from django.test import Client

from authorities.models import Place
from chronicle.models import Entry
from cms.models import Holding, Name
from search.rebuilding import rebuild

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(put: Callable[..., Holding]) -> Holding:
    """An entry in both languages that says the same in each but for one name."""
    put(Place, "武康大楼")
    road = put(Place, "淮海东路")
    road.names.add(Name(text="Lin Sen Road"), Name(text="宁波路"))
    road.save()
    made = put(
        Entry,
        "大楼",
        title_en="A house",
        body="武康大楼在路口。\n\n读 AI 大模型。",
        body_en="The Wukang Building.\n\nRead AI models near Lin Sen Road.",
    )
    rebuild()
    return made


def shown(client: Client, holding: Holding, words: str, prefix: str = "") -> list[tuple[str, str]]:
    """Return the passages of a holding, its marks in brackets, each with the language that it is said to be in."""
    (row,) = [r for r in client.get(f"{prefix}/search/", {"q": words}).context["results"] if r.holding.pk == holding.pk]
    return [
        ("".join(f"[{p.text}]" if p.marked else p.text for p in one.passage.pieces), one.lang) for one in row.excerpts
    ]


def test_a_passage_of_the_readers_language_goes_first(client: Client, entry: Holding) -> None:
    assert shown(client, entry, "AI") == [("读 [AI] 大模型。", "")]
    assert shown(client, entry, "AI", "/en") == [("Read [AI] models near Lin Sen Road.", "")]


def test_a_hit_says_by_what_other_name_it_was_asked_for(client: Client, entry: Holding) -> None:
    """Each road is one row, and only the one that is called so says it."""
    for words, prefix, said in (
        ("宁波路", "", "又名：<mark>宁波路</mark>"),
        ("lin sen road", "/en", "Also called: <mark>Lin Sen Road</mark>"),
    ):
        page = client.get(f"{prefix}/search/", {"q": words})
        assert page.content.decode().count(said) == 1
        assert [row.name for row in page.context["results"] if row.name] == [said.split(">")[1].split("<")[0]]
    assert "又名：" not in client.get("/search/", {"q": "淮海东路"}).content.decode()


def test_pinyin_shows_the_characters_that_sound_so(client: Client, entry: Holding) -> None:
    for words in ("wukang", "wu kang", "wu3kang1", "WUKANG"):
        assert shown(client, entry, words) == [("[武康]大楼在路口。", "")], words
    assert shown(client, entry, "wukang", "/en") == [("The [Wukang] Building.", "")]


def test_a_question_in_the_other_language_is_answered_in_it(client: Client, entry: Holding) -> None:
    assert shown(client, entry, "Building") == [("The Wukang [Building].", "en")]
    assert shown(client, entry, "路口", "/en") == [("武康大楼在[路口]。", "zh-Hans")]


def test_a_question_in_the_readers_language_is_never_answered_in_the_other(client: Client, entry: Holding) -> None:
    """宁波路 was Lin Sen Road, which only the English text names; the Chinese page shows how its own text begins."""
    assert shown(client, entry, "宁波路") == [("武康大楼在路口。", "")]
    assert shown(client, entry, "wu kang da lou", "/en") == [("The Wukang Building.", "")]
