"""A number leads to its record, however it is written and whatever a chat glues to it."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from authorities.models import Place
from cms.importing import import_files
from cms.importing.errors import ImportRefused
from cms.models import Holding, Shelf
from cms.models.kinds import kind_named
from cms.models.uid import normal_uid, uid_in

CASES = Path(__file__).parents[1] / "cases"
GLUED = [
    "",
    "/",
    "。",
    "，",
    "、",
    "；",
    "）",
    ")",
    "》",
    "”",
    '"',
    "’s",
    ".",
    ",",
    "…",
    " ",
    "\u200b",
    "，请看",
    "/edit",
]


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_r39_what_a_chat_glues_to_a_number_does_no_harm(client: Client, road: Place, prefix: str) -> None:
    there = road.url
    for written in (number + after for number in (road.uid, road.uid.lower()) for after in GLUED):
        answer = client.get(f"{prefix}/id/{quote(written)}")
        assert (answer.status_code, answer["Location"]) == (302, f"{prefix}{there}"), repr(written)


@pytest.mark.each_database
@pytest.mark.parametrize("number", ["XH-PL-999999", "。", "\0", "\ud800", "-", "x" * 5000, "XH-PL-00000１x", "٣", "%"])
def test_what_is_no_number_is_not_found(client: Client, road: Place, number: str) -> None:
    """In words, never a fault of the server's."""
    there = quote(number.encode("utf-8", "surrogatepass"))
    assert client.get(f"/id/{there}").status_code == 404


@pytest.mark.each_database
def test_r01_a_number_in_small_letters_is_no_second_record(client: Client, road: Place) -> None:
    """The table is taken for the same record, or refused by row; the permanent address leads on either way."""
    Holding.objects.filter(pk=road.pk).update(uid="XH-PL-000001")
    with suppress(ImportRefused):
        import_files([(kind_named("place"), CASES / "R01.csv")])
    assert Holding.objects.filter(uid__iexact="xh-pl-000001").count() == 1
    for prefix in ("", "/en"):
        assert client.get(f"{prefix}/id/XH-PL-000001").status_code == 302


@pytest.mark.each_database
def test_two_that_an_earlier_import_numbered_alike(client: Client, put: Callable[..., Place], road: Place) -> None:
    """The older has the number, and both can still be saved."""
    other = put(Place, "重号路")
    Holding.objects.filter(pk=road.pk).update(uid="XH-PL-000001")
    Holding.objects.filter(pk=other.pk).update(uid="xh-pl-000001")
    for written in ("XH-PL-000001", "xh-pl-000001", "Xh-Pl-000001。"):
        assert client.get(f"/id/{quote(written)}")["Location"] == road.url
    for holding in Place.objects.all():
        holding.save()
    assert Place.objects.count() == 2


@pytest.mark.each_database
def test_a_new_record_takes_no_number_that_is_taken(admin_client: Client, road: Place) -> None:
    """In the form of the admin, as a draft too; what is no number is refused; one that is free is kept in capitals."""
    shelf = Shelf.objects.get(slug="places")
    address = reverse("wagtailadmin_pages:add", args=["authorities", "place", shelf.pk])
    blank = {f"{name}-{key}": 0 for name in ("names", "relations", "citations", "comments") for key in
             ("TOTAL_FORMS", "INITIAL_FORMS")}  # fmt: skip
    sent = {"title": "又一条路", "place_type": "road", "rights_basis": "own", **blank}
    for number, said in ((road.uid.lower(), "不论大小写"), ("一号", "编号要用字母"), ("a/b", "编号要用字母")):
        answer = admin_client.post(address, {**sent, "uid": number})
        assert said in answer.content.decode(), number
    assert admin_client.post(address, {**sent, "uid": " ｘｈ-pl-000077"}).status_code == 302
    assert Place.objects.get(title="又一条路").uid == "XH-PL-000077"
    with pytest.raises(ValidationError, match=r"不论大小写|已存在"):
        shelf.add_child(instance=Place(title="第三条", uid="xh-pl-000077"))


def test_a_number_is_written_in_one_way() -> None:
    """In capitals, half-width, without invisible signs; one with a dot still makes an address."""
    assert normal_uid(" ｘｈ－pl-000001\u200b ") == "XH-PL-000001"
    assert (uid_in("r05.1，"), uid_in("，"), uid_in("")) == ("R05.1", "", "")


def test_a_number_with_a_dot_makes_an_address(put: Callable[..., Place], client: Client) -> None:
    place = put(Place, "点路", uid="R05.1")
    assert place.slug == "r05-1"
    assert client.get("/id/R05.1.")["Location"] == place.url
