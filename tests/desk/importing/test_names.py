"""A cell may say a name: what is certain is taken, what is not is asked once and holds for the upload, and is proposed the next time."""

import re

import pytest
from wagtail.users.models import UserProfile

from authorities.models import Organisation, Person, Place
from chronicle.models import Entry
from cms.models import Incoming, Name, NameChoice
from tests.desk.holdings import put
from tests.desk.importing.conftest import Desk

HEAD = "编号,题名,时间,关联\n"


@pytest.fixture
def roads(editor: Desk) -> tuple[Place, Place, Place]:
    """Two roads that were 林森路 at different times, and 徐家汇."""
    east, west, zikawei = put(Place, "淮海中路"), put(Place, "华山路"), put(Place, "徐家汇")
    east.names.add(Name(text="林森路", valid_from="1945", valid_to="1950"))
    west.names.add(Name(text="林森路"))
    zikawei.names.add(Name(text="Zikawei", language="zh-Latn"))
    for place in (east, west, zikawei):
        place.save()
    return east, west, zikawei


def asks(incoming: Incoming) -> list[tuple[str, str, dict]]:
    """Return the questions of an upload, each with the name of its field but for the number of the question."""
    return [
        (f"name.{row.pk}.{place}.{at}", ask["text"], ask)
        for row in incoming.rows.all()
        for place, cell in enumerate(row.cells)
        for at, ask in enumerate(cell.get("asks", []))
    ]


def test_what_is_certain_is_taken_and_said(editor: Desk, roads: tuple[Place, Place, Place]) -> None:
    """By each way of writing it; the preview shows what each name was taken for, and the record points there."""
    uid = roads[2].uid
    rows = [
        f"XH-EN-00090{at},事{at},,提及 | {text}\n" for at, text in enumerate(("徐家匯", "ZIKAWEI", "xujiahui", uid))
    ]
    incoming = editor.upload(("entry.csv", HEAD + "".join(rows)))
    assert incoming.counts()["new"] == 4
    page = editor.sees(incoming)
    for text in ("徐家匯", "ZIKAWEI", "xujiahui"):
        assert f"{text} → {uid} 徐家汇" in page
    editor.does(incoming, "go", become="published")
    assert [one.relations.get().target_id for one in Entry.objects.order_by("uid")] == [roads[2].pk] * 4


def test_the_date_of_the_row_says_which_road_it_was(editor: Desk, roads: tuple[Place, Place, Place]) -> None:
    """Where only one of the two can have had the name then."""
    roads[1].names.all().update(valid_from="1930", valid_to="1938")
    incoming = editor.upload(
        ("entry.csv", f"{HEAD}XH-EN-000901,甲,1946年,地点 | 林森路\nXH-EN-000902,乙,,地点 | 林森路\n")
    )
    first, second = incoming.rows.all()
    assert (first.state, second.state) == ("new", "wrong")
    assert f"林森路 → {roads[0].uid}" in str(first.cells)


def test_a_choice_holds_for_the_upload_and_is_proposed_the_next_time(
    editor: Desk, roads: tuple[Place, Place, Place]
) -> None:
    """Asked at the first cell alone; the others say where; without JavaScript, by radio buttons."""
    east, west, _zikawei = roads
    table = f"{HEAD}XH-EN-000901,甲,,地点 | 林森路\nXH-EN-000902,乙,,提及 | 徐家匯\n关于 | 林森路\n"
    table = table.replace("提及 | 徐家匯\n关于 | 林森路", '"提及 | 徐家匯\n关于 | 林森路"')
    incoming = editor.upload(("entry.csv", table))
    assert incoming.counts()["wrong"] == 2
    page = editor.sees(incoming)
    assert page.count('type="radio" name="name.') == len({east, west}) + 4  # and one for each kind of authority
    assert "“林森路”照第 2 行选的算。" in page
    (field, _text, ask), _other = asks(incoming)
    assert {option["uid"] for option in ask["options"]} == {east.uid, west.uid}
    incoming = editor.does(incoming, "mend", **{field: west.uid})
    assert incoming.counts()["new"] == 2
    editor.does(incoming, "go", become="published")
    assert {one.target_id for one in Entry.objects.get(uid="XH-EN-000902").relations.all()} == {west.pk, roads[2].pk}
    again = editor.upload(("entry.csv", f"{HEAD}XH-EN-000903,丙,,地点 | 林森路\n"))
    assert again.counts()["wrong"] == 1
    chosen = re.search(r'value="([^"]+)"\s+checked', editor.sees(again).partition('class="ask"')[2])
    assert chosen
    assert chosen[1] == west.uid
    assert NameChoice.objects.get().user == editor.user


def test_a_new_record_is_made_with_the_batch(editor: Desk, roads: tuple[Place, Place, Place]) -> None:
    """It is a row of the preview, comes in as the batch does, and is taken back with it."""
    table = f"{HEAD}XH-EN-000901,甲,,主办 | 某某社\nXH-EN-000902,乙,,提及 | 某某社\n"
    incoming = editor.upload(("entry.csv", table), ("organisation.csv", "编号,题名\n"))
    field, _text, ask = asks(incoming)[0]
    assert set(ask["kinds"]) == {"organisation", "period", "person", "place"}
    incoming = editor.does(incoming, "mend", **{field: "new.organisation"})
    assert (incoming.counts()["new"], incoming.counts()["wrong"]) == (3, 0)
    assert not Organisation.objects.exists()
    assert "某某社" in editor.sees(incoming)
    incoming = editor.does(incoming, "go", become="draft")
    made = Organisation.objects.get()
    assert (incoming.state, incoming.batch.created, made.title, made.live) == ("saved", 3, "某某社", False)
    assert {entry.relations.get().target_id for entry in Entry.objects.all()} == {made.pk}


@pytest.mark.parametrize("value", ["XH-PL-999999", "new.entry", "new.nothing", "new.", "\0", "9" * 900])
def test_what_was_not_offered_is_not_taken(editor: Desk, roads: tuple[Place, Place, Place], value: str) -> None:
    """Nor anything at a place where nothing was asked."""
    incoming = editor.upload(("entry.csv", f"{HEAD}XH-EN-000901,甲,,地点 | 林森路\n"))
    field = asks(incoming)[0][0]
    row = field.split(".")[1]
    for name in (field, f"name.{row}.0.7", f"name.{row}.99.0", "name.0.0.0", f"name.{'9' * 30}.0.0", "name.a.b.c"):
        incoming = editor.does(incoming, "mend", **{name: value})
        assert (incoming.names, incoming.counts()["wrong"]) == ({}, 1)


def test_columns_of_parts_take_names_of_their_kind(editor: Desk) -> None:
    """What a copy belongs to is a station, whatever else has the name; what it is of may be any one record of the name."""
    put(Person, "某角")
    put(Person, "某志"), put(Entry, "某志")
    table = "所属编号,书目编号,条码\n某角,某志,B001\n"
    incoming = editor.upload(("copy.csv", table))
    questions = {text: ask for _field, text, ask in asks(incoming)}
    assert set(questions) == {"某角", "某志"}
    assert (questions["某角"]["options"], questions["某角"]["kinds"]) == ([], [])
    assert [option["kind"] for option in questions["某志"]["options"]] == ["person", "entry"]


def test_a_name_may_be_that_of_a_row_of_the_same_upload(editor: Desk) -> None:
    """The places of a table are known to the entries beside it before either is in the library."""
    places = "编号,题名\nXH-PL-000901,新地方\n"
    incoming = editor.upload(("place.csv", places), ("entry.csv", f"{HEAD}XH-EN-000901,甲,,地点 | 新地方\n"))
    assert (incoming.counts()["new"], incoming.counts()["wrong"]) == (2, 0)
    editor.does(incoming, "go", become="published")
    assert Entry.objects.get().relations.get().target.title == "新地方"


def test_the_page_is_in_english_too(editor: Desk, roads: tuple[Place, Place, Place]) -> None:
    """The question and the reason, for a reader of English."""
    incoming = editor.upload(("entry.csv", f"{HEAD}XH-EN-000901,甲,,地点 | 林森路\n"))
    profile = UserProfile.get_for_user(editor.user)
    profile.preferred_language = "en"
    profile.save()
    page = editor.sees(incoming)
    assert "Which one is “林森路”?" in page
    assert "“林森路” is the name of" in page


def test_what_stands_on_its_shelf_has_no_name_above_it(editor: Desk, roads: tuple[Place, Place, Place]) -> None:
    """Where nothing can be meant, nothing is offered."""
    incoming = editor.upload(("place.csv", "编号,题名,上级\nXH-PL-000901,甲,徐家匯\n"))
    assert (incoming.counts()["wrong"], asks(incoming)) == (1, [])
