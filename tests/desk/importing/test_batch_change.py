"""One column of many records changed at once: shown first, done by choice, taken back by one button."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.users.models import UserProfile

from authorities.models import Place
from chronicle.models import Entry
from cms.models import Change, Incoming, Theme
from tests.desk.holdings import put
from tests.desk.importing.conftest import Desk


def asked(desk: Desk, **form: str | list[str]) -> Incoming | str:
    """Send the form; the table that it made, or the page that says why there is none."""
    answer = desk.post(reverse("batch_change"), form)
    if answer.status_code != 302:
        return answer.content.decode()
    return Incoming.objects.get(pk=int(answer["Location"].rstrip("/").rpartition("/")[2]))


@pytest.mark.each_database
def test_a_theme_is_added_to_those_that_lack_it_and_taken_back(editor: Desk) -> None:
    """Across kinds; a second time nothing would change."""
    film, river = (
        Theme.objects.create(slug=slug, title=title) for slug, title in (("film", "电影"), ("river", "江河"))
    )
    places = [put(Place, f"某地{n}") for n in range(3)]
    entry = put(Entry, "某地的影院")
    places[0].themes.set([film])
    places[1].themes.set([river])
    for place in places:
        place.save()
    form = {"words": "某地", "heading": "主题", "act": "add", "value": "电影"}
    incoming = asked(editor, **form)
    assert incoming.source == "主题加上“电影”"
    assert sorted(incoming.rows.values_list("title", "state")) == [
        ("某地1", "changed"), ("某地2", "changed"), ("某地的影院", "changed"),
    ]  # fmt: skip
    assert Theme.objects.get(slug="film").holdings.count() == 1
    editor.does(incoming, "go", become="published")
    assert Theme.objects.get(slug="film").holdings.count() == 4
    assert set(Place.objects.get(pk=places[1].pk).themes.values_list("slug", flat=True)) == {"film", "river"}
    assert "没有一条会变" in asked(editor, **form)

    change = Change.objects.get(action="batch")
    assert (change.alterations.count(), change.made_by) == (3, editor.user)
    editor.post(reverse("change_undo", args=[change.pk]), {})
    assert list(Theme.objects.get(slug="film").holdings.values_list("pk", flat=True)) == [places[0].pk]
    assert not Entry.objects.get(pk=entry.pk).themes.exists()


@pytest.mark.once_on_each_database
@pytest.mark.parametrize(
    ("act", "find", "value", "after"),
    [("set", "", "新提要", "新提要"), ("replace", "展览", "影展", "影展在影展馆"), ("clear", "", "", "")],
)
def test_a_text_is_set_replaced_or_cleared(editor: Desk, act: str, find: str, value: str, after: str) -> None:
    place = put(Place, "某地", summary="展览在展览馆")
    incoming = asked(editor, models=["place"], heading="提要", act=act, find=find, value=value)
    assert incoming.rows.get().cells[0]["new"] == after
    assert Place.objects.get().summary == "展览在展览馆"
    editor.does(incoming, "go", become="published")
    assert Place.objects.get(pk=place.pk).summary == after


def test_who_may_not_publish_changes_drafts(librarian: Desk) -> None:
    """Readers see what they saw; her undo is the editor's."""
    put(Place, "某地", summary="旧")
    incoming = asked(librarian, models=["place"], heading="提要", act="set", value="新")
    librarian.does(incoming, "go", become="draft")
    place = Place.objects.get()
    assert (place.summary, place.get_latest_revision_as_object().summary) == ("旧", "新")
    assert Change.objects.get(action="batch").alterations.get().way == "drafted"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"heading": "主题", "act": "replace", "value": "x", "find": "y"}, "不能这样改"),
        ({"heading": "提要", "act": "set", "value": " "}, "请写上内容"),
        ({"heading": "提要", "act": "replace", "value": "x"}, "请写上要换掉的字"),
        ({"heading": "编号", "act": "set", "value": "x"}, "编号 不在可用的选项中"),
        ({"heading": "题名", "act": "clear"}, "不能这样改"),
        ({"heading": "街道镇", "act": "set", "value": "x", "models": ["entry"]}, "没有这一栏"),
    ],
)
def test_what_cannot_be_done_is_said(editor: Desk, form: dict[str, str | list[str]], said: str) -> None:
    put(Place, "某地")
    assert said in asked(editor, **form)
    assert not Incoming.objects.exists()


def test_a_wrong_value_is_told_row_by_row(editor: Desk) -> None:
    """As in any table."""
    put(Place, "某地")
    incoming = asked(editor, models=["place"], heading="主题", act="set", value="没有的主题")
    assert incoming.rows.get().state == "wrong"
    assert "没有主题" in editor.sees(incoming, "wrong")


def test_guides_have_no_such_page(office: object) -> None:
    """It is for those who look after holdings."""
    assert office("讲解员").client.get(reverse("batch_change")).status_code == 302


def test_one_who_reads_english_chooses_a_column_by_its_english_name(editor: Desk) -> None:
    """None by a Chinese one alone, and no two alike; what was done is kept in the words that were read."""
    UserProfile.objects.create(user=editor.user, preferred_language="en")
    page = BeautifulSoup(editor.client.get(reverse("batch_change")).content.decode(), "html.parser")
    labels = {option["value"]: option.get_text() for option in page.select("#id_heading option")}
    assert labels["提要"] == "Summary"
    assert len(set(labels.values())) == len(labels)
    assert [label for label in labels.values() if not re.match("[A-Za-z]", label)] == []
    put(Place, "某地", summary="旧")
    incoming = asked(editor, models=["place"], heading="提要", act="clear")
    assert incoming.source == "Summary cleared"
    assert "Batch change" in heading(editor, incoming)
    editor.does(incoming, "go", become="published")
    assert "Batch change" in heading(editor, incoming)
    assert f'href="{reverse("batch_change")}">Another batch change' in editor.sees(incoming)


def heading(desk: Desk, incoming: Incoming) -> str:
    """Return what stands over the page of an upload."""
    return BeautifulSoup(desk.sees(incoming), "html.parser").h1.get_text()
