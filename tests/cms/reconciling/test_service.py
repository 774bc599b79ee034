"""What OpenRefine sends, by version 0.2 of the specification, is answered; what is no question is refused in words."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from authorities.models import Person, Place
from chronicle.models import Entry
from cms.models import Holding, Name, Relation
from search.rebuilding import rebuild

ENDPOINT = "/reconcile/"


@pytest.fixture
def roads(road: Place, put: Callable[..., Holding]) -> Place:
    """淮海中路, once 霞飞路, in the index with an entry about it, another 林森路, and a person."""
    road.subdistrict, road.latitude, road.date_text, road.summary = "hunan", "31.209", "1901年", "干道。"
    road.names.add(Name(text="林森路", valid_from="1945", valid_to="1950"))
    road.save()
    other = put(Place, "别处路", subdistrict="xietu")
    other.names.add(Name(text="林森路"))
    other.save()
    entry = put(Entry, "路名小志")
    entry.relations.add(Relation(role="about", target=road))
    entry.save()
    put(Person, "霞飞")
    rebuild()
    return road


def sent(client: Client, name: str, told: Any, method: str = "post", at: str = ENDPOINT) -> Any:
    """Send a JSON object in a field of a form, as OpenRefine does."""
    answer = getattr(client, method)(at, {name: told if isinstance(told, str) else json.dumps(told)})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Type"] == "application/json"
    return answer


def asked(client: Client, **query: Any) -> list[dict[str, Any]]:
    """Ask one question, and return its candidates."""
    answer = sent(client, "queries", {"q0": query})
    assert answer.status_code == 200, answer.content
    (told,) = answer.json().values()
    return told["result"]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_manifest_names_parts_that_answer(client: Client, roads: Place, prefix: str) -> None:
    """All that the specification asks for is there, and each address in it leads somewhere."""
    answer = client.get(f"{prefix}{ENDPOINT}")
    told = answer.json()
    assert "0.2" in told["versions"]
    assert {"name", "identifierSpace", "schemaSpace", "defaultTypes", "view", "batchSize"} <= set(told)
    assert all({"id", "name"} <= set(one) for one in told["defaultTypes"])

    def here(address: str) -> str:
        return "/" + address.split("://", 1)[1].partition("/")[2]

    parts = [*told["suggest"].values(), told["extend"]["propose_properties"]]
    for path in (one["service_url"] + one["service_path"] for one in parts):
        assert client.get(here(path), {"prefix": "a", "type": "place"}).status_code == 200, path
    card = client.get(here(told["preview"]["url"].replace("{{id}}", roads.uid)))
    assert "霞飞路" in card.content.decode()
    assert client.get(here(told["view"]["url"].replace("{{id}}", roads.uid))).status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_batch_of_questions(client: Client, roads: Place, method: str) -> None:
    """Each key has its candidates, the best first, with all that the protocol has."""
    batch = {"q0": {"query": "霞飛路", "type": "place", "type_strict": "should", "limit": 3}, "q1": {"query": "没有"}}
    told = sent(client, "queries", batch, method).json()
    assert told["q1"] == {"result": []}
    (first,) = told["q0"]["result"]
    assert (first["id"], first["name"], first["match"]) == (roads.uid, "淮海中路", True)
    assert first["type"] == [{"id": "place", "name": "地方"}]
    assert 90 < first["score"] <= 100
    assert {"id": "by_former", "value": True} in first["features"]
    assert "霞飞路" in first["description"]


def test_names_in_english(client: Client, roads: Place) -> None:
    """The English endpoint calls records and kinds in English; numbers are the same."""
    told = sent(client, "queries", {"q": {"query": "霞飞路"}}, at=f"/en{ENDPOINT}").json()["q"]["result"][0]
    assert (told["id"], told["name"], told["type"][0]["name"]) == (roads.uid, "Huaihai Middle Road", "Place")


def test_what_is_ambiguous_is_no_match_unless_more_is_said(client: Client, roads: Place) -> None:
    """A date or a sub-district tells two roads of one name apart."""
    assert [one["match"] for one in asked(client, query="林森路")] == [False, False]
    dated = asked(client, query="林森路", properties=[{"pid": "subdistrict", "v": "湖南路街道"}])
    assert dated[0]["id"] == roads.uid
    assert dated[0]["score"] > dated[1]["score"]
    by_number = asked(client, query=roads.uid.lower())
    assert [(one["id"], one["score"], one["match"]) for one in by_number] == [(roads.uid, 100, True)]


def test_types(client: Client, roads: Place) -> None:
    """Strictly, only of the types; else others too, lower and never certain; above the kinds stand authorities and holdings."""
    assert asked(client, query="霞飞路", type="period", type_strict="any") == []
    (other,) = [one for one in asked(client, query="霞飞路", type="period") if one["id"] == roads.uid]
    assert (other["match"], other["score"] < 90) == (False, True)
    for types in (["place", "person"], "authority", ["holding"], [{"id": "place"}]):
        assert asked(client, query="霞飞路", type=types, type_strict="any")[0]["id"] == roads.uid, types
    assert asked(client, query="霞飞路", type=["place", "person"], type_strict="all") == []


def test_a_question_of_properties_alone(client: Client, roads: Place) -> None:
    """The words are optional in 0.2."""
    assert asked(client, properties=[{"pid": "name", "v": ["霞飞路"]}])[0]["id"] == roads.uid
    assert asked(client, properties=[{"pid": "subdistrict", "v": {"id": "hunan"}}]) == []


def test_suggestions_go_on_after_the_cursor(client: Client, roads: Place) -> None:
    """By the beginning of a name or by the number; twelve roads come in two pages."""

    def entities(**asked: Any) -> list[dict[str, Any]]:
        return client.get(f"{ENDPOINT}suggest/entity/", asked).json()["result"]

    assert [one["id"] for one in entities(prefix="霞飞路")] == [roads.uid]
    assert [one["id"] for one in entities(prefix=roads.uid.lower())] == [roads.uid]
    assert entities(prefix="霞飞", type="person")[0]["notable"] == [{"id": "person", "name": "人物"}]
    assert len(entities(prefix="路")) == 3
    assert len(entities(prefix="路", cursor="2")) == 1
    assert entities(prefix="") == entities(prefix="-") == entities(prefix="路", cursor="x" * 99)[9:] == []
    types = client.get(f"{ENDPOINT}suggest/type/", {"prefix": "地"}).json()["result"]
    assert types[0]["id"] == "place"
    named = client.get(f"{ENDPOINT}suggest/property/", {"prefix": "街道"}).json()["result"]
    assert named == [{"id": "subdistrict", "name": "街道镇"}]


def test_properties_are_proposed_by_type(client: Client, db: None) -> None:
    """A person has no coordinates."""

    def names(**asked: Any) -> list[str]:
        return [one["id"] for one in client.get(f"{ENDPOINT}properties/", asked).json()["properties"]]

    assert "latitude" in names(type="place")
    assert "latitude" not in names(type="person")
    assert "latitude" in names(type="nothing")
    assert len(names(type="place", limit="2")) == 2


def test_values_of_records(client: Client, roads: Place) -> None:
    """Texts, numbers, and records as records; unknown numbers and properties have no values, and are no fault."""
    names = ["title_en", "name", "latitude", "longitude", "subdistrict", "date", "edtf", "url", "nothing"]
    wanted = {"ids": [roads.uid, "XH-PL-999999"], "properties": [{"id": name, "settings": {}} for name in names]}
    told = sent(client, "extend", wanted).json()
    assert [one["id"] for one in told["meta"]] == names
    row = told["rows"][roads.uid]
    assert row["title_en"] == [{"str": "Huaihai Middle Road"}]
    assert row["name"] == [{"str": "霞飞路"}, {"str": "林森路"}]
    assert (row["latitude"], row["longitude"]) == ([{"float": 31.209}], [])
    assert (row["subdistrict"], row["edtf"]) == ([{"str": "湖南路街道"}], [{"str": "1901"}])
    assert row["url"][0]["str"].endswith(f"/id/{roads.uid}")
    assert row["nothing"] == []
    assert set(map(str, told["rows"]["XH-PL-999999"].values())) == {"[]"}
    entry = Entry.objects.get().uid
    ties = sent(client, "extend", {"ids": [entry], "properties": [{"id": "related"}]}).json()
    assert ties["rows"][entry]["related"] == [{"id": roads.uid, "name": "淮海中路"}]


def test_the_living_have_no_date_and_closed_rights_no_machine(client: Client, roads: Place, put: Callable) -> None:
    """生不立传; and what is not for interfaces is on none, though its page is open."""
    person = put(Person, "某在世者", living=True, date_text="1950年")
    told = sent(client, "extend", {"ids": [person.uid], "properties": [{"id": "date"}, {"id": "title"}]}).json()
    assert told["rows"][person.uid] == {"date": [], "title": [{"str": "某在世者"}]}
    assert "1950" not in asked(client, query="某在世者")[0]["description"]
    Holding.objects.filter(pk=roads.pk).update(use_api=False)
    assert asked(client, query="霞飞路", type_strict="any", type="place") == []
    assert client.get(f"{ENDPOINT}card/{roads.uid}/").status_code == 404


BAD = [
    ("queries", "{"),
    ("queries", "[]"),
    ("queries", "null"),
    ("queries", "[" * 100_000),
    ("queries", '{"q0": 7}'),
    ("queries", '{"q0": {}}'),
    ("queries", '{"q0": {"query": ""}}'),
    ("queries", '{"q0": {"query": "\\u0000"}}'),
    ("queries", '{"q0": {"query": ["a"]}}'),
    ("queries", '{"q0": {"query": "a", "limit": 0}}'),
    ("queries", '{"q0": {"query": "a", "limit": 1e999}}'),
    ("queries", '{"q0": {"query": "a", "limit": NaN}}'),
    ("queries", '{"q0": {"query": "a", "limit": true}}'),
    ("queries", '{"q0": {"query": "a", "properties": {}}}'),
    ("queries", '{"q0": {"query": "a", "properties": [{"pid": 3, "v": 1}]}}'),
    ("queries", '{"\\ud800": {"query": 3}}'),
    ("queries", f'{{"q0": {{"query": "a", "limit": {"9" * 5_000}}}}}'),
    ("extend", "7"),
    ("extend", "{}"),
    ("extend", '{"ids": [3], "properties": []}'),
    ("extend", '{"ids": [], "properties": {}}'),
]


@pytest.mark.parametrize(("name", "text"), BAD)
def test_what_is_no_question_is_refused_in_words(client: Client, db: None, name: str, text: str) -> None:
    """400 with a sentence in JSON, in the language of the address; never 500."""
    answer = sent(client, name, text)
    assert answer.status_code == 400
    assert (answer.json()["status"], bool(answer.json()["message"])) == ("error", True)
    english = sent(client, name, text, at=f"/en{ENDPOINT}").json()["message"]
    assert english.replace("“", "").replace("”", "").isascii()


ODD = [
    {"query": "\ud800霞"},
    {"query": "a" * 100_000},
    {"query": "%' OR 1=1 --"},
    {"query": "a", "type": ["\ud800", "x" * 9_000, None, 3]},
    {"query": "a", "type_strict": {"x": 1}},
    {"query": "a", "properties": [{"pid": "\ud800", "v": [None, {"x": 1}, 1e300, True, "1900/bad"]}]},
    {"query": "a", "properties": [{"pid": "date", "v": "不知道"}, {"pid": "edtf", "v": "9" * 5_000}]},
]


@pytest.mark.parametrize("query", ODD)
def test_odd_questions_are_answered(client: Client, db: None, query: dict[str, Any]) -> None:
    """Nonsense in a question finds nothing; a key is given back as it came."""
    answer = sent(client, "queries", {"\ud800\0": query})
    assert answer.status_code == 200
    assert json.loads(answer.content) == {"\ud800\0": {"result": []}}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\n"),
        ("application/x-www-form-urlencoded; charset=utf-16", b"queries={}"),
        ("application/x-www-form-urlencoded", b"a=1&" * 20_000),
    ],
)
def test_a_form_that_cannot_be_read_is_no_crash(client: Client, db: None, kind: str, body: bytes) -> None:
    """It is refused in JSON too, or taken for no question at all."""
    answer = client.post(ENDPOINT, body, content_type=kind)
    assert answer.status_code in (200, 400)
    assert answer["Content-Type"] == "application/json"


def test_too_much_at_once_is_refused(client: Client, db: None) -> None:
    """413, as the specification has it, for more questions than the manifest says, too many numbers, too many bytes."""
    most = client.get(ENDPOINT).json()["batchSize"]
    batch = {f"q{at}": {"query": "a"} for at in range(most + 1)}
    assert sent(client, "queries", batch).status_code == 413
    del batch["q0"]
    assert sent(client, "queries", batch).status_code == 200
    assert sent(client, "extend", {"ids": ["a"] * 201, "properties": []}).status_code == 413
    assert sent(client, "queries", " " * (2**20 + 1)).status_code == 413


def test_other_hosts_may_ask_and_frame_the_card(client: Client, roads: Place) -> None:
    """A browser asks beforehand; a card stands in a frame of any host, and no other page does."""
    before = client.options(ENDPOINT, headers={"Origin": "https://example.org"})
    assert (before.status_code, before["Access-Control-Allow-Origin"]) == (204, "*")
    assert client.put(ENDPOINT).status_code == 405
    card = client.get(f"{ENDPOINT}card/{roads.uid}/")
    assert "X-Frame-Options" not in card
    assert "frame-ancestors *" in card["Content-Security-Policy"]
    assert "default-src 'self'" in card["Content-Security-Policy"]
    assert client.get(ENDPOINT)["X-Frame-Options"] == "DENY"
    assert client.get(f"{ENDPOINT}card/XH-PL-999999/").status_code == 404


def test_ten_questions_take_few_queries(client: Client, roads: Place, django_assert_max_num_queries: Callable) -> None:
    """As many for ten names as for one."""
    batch = {f"q{at}": {"query": text} for at, text in enumerate(["霞飞路", "林森路", "别处路", "路名小志"] * 3)}
    with django_assert_max_num_queries(20):
        assert sent(client, "queries", batch).json()["q0"]["result"][0]["match"]
