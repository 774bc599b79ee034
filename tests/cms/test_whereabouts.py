"""A hit says in which book and chapter it stands, so that 水 of one gazetteer is not taken for another's."""

import pytest
from django.test import Client

from chronicle.models import Chapter, Entry, Work
from cms.models import Holding
from search.rebuilding import rebuild

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]


@pytest.fixture
def chapter(put) -> Chapter:
    """An entry in a chapter in a book, in the index."""
    work = put(Work, "姑蘇志", title_en="Gusu zhi")
    chapter = work.add_child(instance=Chapter(title="卷十"))
    chapter.add_child(instance=Entry(title="水", body="太湖在郡西南"))
    rebuild()
    return chapter


def where(client: Client, address: str) -> str:
    """Return the line above the first hit's title."""
    return client.get(address).content.decode().split('<p class="where">')[1].split("</p>")[0]


def test_a_hit_names_its_chapter_and_book(client: Client, chapter: Chapter) -> None:
    assert "姑蘇志 · 卷十" in where(client, "/search/?q=太湖")
    english = where(client, "/en/search/?q=太湖")
    assert 'Gusu zhi · <span lang="zh-Hans">卷十</span>' in english


def test_what_is_hidden_is_not_named(client: Client, chapter: Chapter) -> None:
    Holding.objects.filter(pk=chapter.pk).update(live=False)
    answer = client.get("/search/?q=太湖")
    # What stands in it is hidden along with it.
    assert answer.context["hits"].total == 0
    assert "卷十" not in answer.content.decode()
