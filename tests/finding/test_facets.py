"""Facets show twelve values, and every one that is chosen."""

from collections.abc import Callable

import pytest
from django.test import Client

from chronicle.models import Entry
from cms.finding.facets import SHOWN
from cms.models import Holding, Theme
from search.rebuilding import rebuild

pytestmark = pytest.mark.django_db


@pytest.fixture
def themes(put: Callable[..., Holding]) -> list[Theme]:
    """Fifteen themes, each with one entry less than the one before."""
    made = [Theme.objects.create(slug=f"t{n:02}", title=f"主题{n}") for n in range(SHOWN + 3)]
    for n in range(len(made)):
        entry = put(Entry, f"条目{n}")
        entry.themes.set(made[: n + 1])
        entry.save()
    rebuild()
    return made


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("place", [SHOWN, SHOWN + 2])
def test_a_chosen_value_beyond_the_twelfth_stays_shown(client: Client, themes: list[Theme], place: int) -> None:
    last = themes[place]
    page = client.get("/search/", {"q": "条目", "theme": last.slug})
    (facet,) = [one for one in page.context["facets"] if one.name == "theme"]
    assert [value.key for value in facet.values] == [theme.slug for theme in [*themes[:SHOWN], last]]
    assert [(value.key, value.count) for value in facet.values if value.chosen] == [(last.slug, len(themes) - place)]
    assert [chip.label for chip in page.context["chosen"]] == [last.title]
    assert f'value="{last.slug}" checked' in page.content.decode()


@pytest.mark.once_on_each_database
@pytest.mark.parametrize(
    ("parameter", "key", "label"),
    [
        ("decade", "1840", "1840年代"),
        ("theme", "none", "空主题"),
        ("kind", "place", "地方"),
        ("language", "en", "有英文"),
    ],
)
def test_a_value_that_nothing_has_stays_shown_when_it_is_chosen(
    client: Client, themes: list[Theme], parameter: str, key: str, label: str
) -> None:
    """With its count of none, in the list and among the chips, so that it can be taken off."""
    Theme.objects.create(slug="none", title="空主题")
    page = client.get("/search/", {"q": "条目", parameter: key})
    (facet,) = [one for one in page.context["facets"] if one.name == parameter]
    assert [(value.key, value.count) for value in facet.values if value.chosen] == [(key, 0)]
    assert [chip.label for chip in page.context["chosen"]] == [label]
