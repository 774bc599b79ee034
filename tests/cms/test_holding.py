"""What every holding promises: a number for good, a date that sorts, translations that know their age."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from authorities.models import Person, Place
from chronicle.models import Entry
from cms.dates import day_text
from cms.indexing.source import Source
from cms.models import Holding


@pytest.mark.each_database
def test_numbers_are_given_in_turn_and_never_twice(put: Callable[..., Holding]) -> None:
    one = put(Place, "甲路")
    one.delete()
    two = put(Place, "乙路")
    assert one.uid != two.uid
    assert two.uid.startswith("XH-PL-")


def test_drafts_are_numbered_too(put: Callable[..., Holding]) -> None:
    one, two = put(Place, "丙路", live=False), put(Place, "丁路", live=False)
    assert one.uid.startswith("XH-PL-")
    assert (one.uid != two.uid, two.slug) == (True, two.uid.lower())


def test_the_permanent_address_survives_a_new_title(entry: Entry, client: Client) -> None:
    entry.title, entry.slug = "新题名", "new-slug"
    entry.save()
    for prefix in ("", "/en"):
        answer = client.get(f"{prefix}/id/{entry.uid}")
        assert answer.status_code == 302
        assert answer["Location"] == f"{prefix}/chronicle/new-slug/"


def test_a_date_is_settled_on_saving(entry: Entry) -> None:
    assert (entry.date_edtf, day_text(entry.date_latest)) == ("1915", "1915-12-31")
    entry.date_text = "1916年"
    entry.save()
    assert entry.date_edtf == "1916"


def test_a_date_set_by_hand_stays(entry: Entry) -> None:
    entry.date_text, entry.date_edtf, entry.date_by_hand = "光绪三十一年冬", "1905-10-28/1906-01-24", True
    entry.save()
    assert day_text(entry.date_earliest) == "1905-10-28"


def test_an_unreadable_date_is_refused_in_chinese(entry: Entry) -> None:
    entry.date_text = "某年"
    with pytest.raises(ValidationError, match="读不懂"):
        entry.save()


@pytest.mark.each_database
def test_changing_the_chinese_turns_its_english_stale(entry: Entry) -> None:
    entry.body_en, entry.english_approved = "In 1915 the road took a new name.", True
    entry.save()
    assert entry.translation_state("body") == "approved"
    entry.body += "又一句。"
    entry.save()
    assert (entry.translation_state("body"), entry.english_approved) == ("stale", False)
    entry.body_en += " One more sentence."
    entry.save()
    assert entry.translation_state("body") == "draft"
    assert entry.translation_state("summary") == "missing"


def test_the_living_have_no_life_story(put: Callable[..., Holding], client: Client) -> None:
    story = "一九六〇年生于某地的故事"
    living = put(Person, "某学者", living=True, date_text="1960/..", body=story, occupation="历史学者")
    dead = put(Person, "某先贤", date_text="1860/1930", body="他在这里著书的旧事")
    assert story not in client.get(living.url).content.decode()
    assert story not in next(Source().documents([living.pk])).text
    assert "他在这里著书的旧事" in client.get(dead.url).content.decode()


@pytest.mark.each_database
def test_relations_show_from_both_ends(entry: Entry, road: Place, client: Client) -> None:
    assert road.title in client.get(entry.url).content.decode()
    assert entry.title in client.get(road.url).content.decode()


def test_switching_language_keeps_the_record_and_marks_what_is_missing(entry: Entry, client: Client) -> None:
    chinese = entry.url
    page = client.get(f"/en{chinese}").content.decode()
    assert '<html lang="en"' in page
    assert f'<span lang="zh-Hans">{entry.title}</span>' in page
    assert f'href="{chinese}"' in page
