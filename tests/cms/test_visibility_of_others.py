"""What one record says of another is asked of `visible()` too: names in documents, parts, the navigation, the home page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from authorities.models import Person, Place
from chronicle.models import Entry
from cms.indexing.source import Source
from cms.models import Holding, Name, Relation, Shelf
from cms.models.kinds import kinds
from search import outbox
from tests.cms.hiding import HIDING, caught_up, in_the_files, in_the_tables, total

SPY, ALIAS = "鼪鼯密探", "Zqhiddenspy"
Commit = Callable[..., object]


@pytest.fixture
def spy(index: None, put: Callable[..., Holding], django_capture_on_commit_callbacks: Commit) -> Person:
    """A person with another name, on a shelf, to whom a public entry is tied."""
    with django_capture_on_commit_callbacks(execute=True):
        person = put(Person, SPY, slug="spy", date_text="1860/1930")
        person.names.add(Name(text=ALIAS))
        person.save_revision().publish()
        entry = put(Entry, "龙华设铺", slug="shop")
        entry.relations.add(Relation(role="about", target=person))
        entry.save_revision().publish()
    caught_up()
    return person


def test_names_of_what_is_public_find_what_is_tied_to_it(client: Client, spy: Person) -> None:
    """So that the tests below can fail."""
    assert total(client, SPY) == total(client, ALIAS) == 2
    assert in_the_files(SPY, ALIAS) == [SPY, ALIAS]


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("way", HIDING)
def test_the_names_of_a_hidden_person_are_nowhere(
    client: Client, spy: Person, way: str, django_capture_on_commit_callbacks: Commit
) -> None:
    """At once for readers; in the files of the index too, as soon as it has caught up."""
    with django_capture_on_commit_callbacks() as commits:
        HIDING[way](spy)
    assert total(client, SPY) == total(client, ALIAS) == total(client, "密探") == 0
    for commit in commits:
        commit()
    outbox.enqueue([spy.pk])  # what time alone hides nobody has enqueued yet
    caught_up()
    assert total(client, SPY) == total(client, ALIAS) == 0
    assert in_the_tables(SPY, ALIAS) == []
    assert in_the_files(SPY, ALIAS) == []
    assert not [one for one in Source().documents() if SPY in str(one) or ALIAS in str(one)]


def test_a_draft_never_gets_in(
    index: None, client: Client, put: Callable, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        person = put(Person, SPY, live=False)
        person.names.add(Name(text=ALIAS))
        person.save()
        entry = put(Entry, "龙华设铺")
        entry.relations.add(Relation(role="about", target=person))
        entry.save_revision().publish()
    outbox.drain()
    assert total(client, SPY) == total(client, ALIAS) == 0
    assert in_the_files(SPY, ALIAS) == in_the_tables(SPY, ALIAS) == []


def test_a_name_comes_back_with_its_person(
    client: Client, spy: Person, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        spy.unpublish()
    assert total(client, ALIAS) == 0
    with django_capture_on_commit_callbacks(execute=True):
        spy.get_latest_revision().publish()
    caught_up()
    assert total(client, ALIAS) == 2


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("what", ["title", "title_en", "names"])
def test_a_new_name_reaches_what_is_tied_and_the_old_one_leaves(
    client: Client, spy: Person, what: str, django_capture_on_commit_callbacks: Commit
) -> None:
    """A title in either language or another name, when nothing else changes; by these words alone, no other names of hers."""
    before = {"title": SPY, "title_en": "Zqenglishspy", "names": ALIAS}
    after = {"title": "白衣舟子", "title_en": "Zqferryman", "names": "Zqboatman"}
    with django_capture_on_commit_callbacks(execute=True):
        spy.title_en = before["title_en"]
        spy.save_revision().publish()
    caught_up()
    assert [total(client, name, "&only=1") for name in before.values()] == [2, 2, 2]
    with django_capture_on_commit_callbacks(execute=True):
        if what == "names":
            spy.names.set([Name(text=after[what])])
        else:
            setattr(spy, what, after[what])
        spy.save_revision().publish()
    caught_up()
    assert total(client, after[what], "&only=1") == 2
    assert [total(client, name, "&only=1") for name in before.values()] == [0 if name == what else 2 for name in before]


def test_a_process_that_dies_before_the_tied_are_told_begins_again(
    client: Client, spy: Person, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commit
) -> None:
    with monkeypatch.context() as dying, django_capture_on_commit_callbacks(execute=True):
        dying.setattr("search.records.drop", lambda ids: 1 / 0)
        spy.unpublish()
    outbox.drain()
    assert total(client, ALIAS) == 0
    assert in_the_tables(ALIAS) == []


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("drained", [False, True])
def test_a_hidden_place_counts_nothing(
    index: None, client: Client, put: Callable, drained: bool, django_capture_on_commit_callbacks: Commit
) -> None:
    """Neither as a facet nor as a filter in the address, before the index has caught up and after."""
    with django_capture_on_commit_callbacks(execute=True):
        place = put(Place, "暗渡口", slug="ferry")
        entry = put(Entry, "龙华设铺")
        entry.relations.add(Relation(role="at", target=place))
        entry.save_revision().publish()
        place.save_revision().publish()
    caught_up()
    chosen = f"&place={place.pk}"
    assert total(client, "龙华设铺", chosen) == 1
    with django_capture_on_commit_callbacks(execute=drained):
        place.unpublish()
    assert total(client, "龙华设铺", chosen) == 0
    facets = client.get("/search/?q=龙华设铺").context["facets"]
    assert not [facet for facet in facets if facet.name == "place"]
    if drained:
        caught_up()
        assert not client.get("/search/?q=龙华设铺").context["hits"].facets["places"]


def test_what_stands_on_a_shelf_comes_back_with_it(
    client: Client, spy: Person, django_capture_on_commit_callbacks: Commit
) -> None:
    shelf = Shelf.objects.get(slug="people")
    with django_capture_on_commit_callbacks(execute=True):
        shelf.save_revision()
        shelf.unpublish()
    assert total(client, ALIAS) == 0
    assert client.get(spy.url).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        shelf.get_latest_revision().publish()
    caught_up()
    assert total(client, ALIAS) == 2


@pytest.mark.each_database
def test_what_expires_or_goes_live_by_time_reaches_the_index(
    client: Client, spy: Person, django_capture_on_commit_callbacks: Commit
) -> None:
    """By the command that the worker's clock calls: what is tied to it follows."""
    soon = timezone.now() + timedelta(hours=1)
    with django_capture_on_commit_callbacks(execute=True):
        spy.expire_at = soon
        spy.save_revision().publish()
        later = Shelf.objects.get(slug="people").add_child(instance=Person(title="明日来客", slug="guest", live=False))
        later.go_live_at = soon
        later.save_revision().publish()
        entry = Entry.objects.get(slug="shop")
        entry.relations.add(Relation(role="about", target=later))
        entry.save_revision().publish()
    assert (total(client, ALIAS), total(client, "明日来客")) == (2, 0)
    with time_machine.travel(soon + timedelta(hours=1)):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("publish_scheduled")
        caught_up()
        assert (total(client, ALIAS), total(client, "明日来客")) == (0, 2)
    assert in_the_files(SPY, ALIAS) == in_the_tables(SPY, ALIAS) == []


@pytest.mark.each_database
def test_documents_take_as_many_queries_for_a_hundred_ties_as_for_ten(put: Callable) -> None:
    found = []
    for count in (10, 100):
        road = put(Place, f"路{count}")
        for number in range(count):
            entry = put(Entry, f"{count}-{number}")
            Relation.objects.create(holding=entry, target=road, role="about")
            Relation.objects.create(holding=road, target=entry, role="related")
        with CaptureQueriesContext(connection) as queries:
            assert len(list(Source().documents())) >= count
        found.append(len(queries))
    assert found[0] == found[1]


def test_a_document_asks_of_no_other_kind(put: Callable) -> None:
    """Publishing one record would else ask every kind on the shelf, several queries each."""
    road, _entry = put(Place, "路"), put(Entry, "另一条")
    with CaptureQueriesContext(connection) as queries:
        assert [document.id for document in Source().documents([road.pk])] == [road.pk]
    asked = {kind for kind in kinds() for query in queries if f'FROM "{kind._meta.db_table}"' in query["sql"]}
    assert asked == {Place}
    assert list(Source().documents([])) == []
