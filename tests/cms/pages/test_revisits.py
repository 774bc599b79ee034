"""A page that the reader has already is not drawn again, and one that changed in any way is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from authorities.models import Place
from chronicle.models import Entry
from cms.models import Edition, Holding, Name, Relation, Shelf, Theme
from cms.models.kinds import kinds
from cms.pages.edition import counts, edition
from stations.models import Station

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def road() -> Place:
    """A road with a name, an entry about it and a theme."""
    road = Shelf.objects.get(slug="places").add_child(instance=Place(title="淮海中路", slug="road", place_type="road"))
    road.names.add(Name(text="霞飞路"))
    road.save()
    entry = Shelf.objects.get(slug="chronicle").add_child(instance=Entry(title="霞飞路上", slug="upon"))
    Relation.objects.create(holding=entry, target=road, role="about")
    road.themes.add(Theme.objects.create(slug="roads", title="道路"))
    road.save()
    return road


def tag_of(address: str) -> str:
    """Return the tag that a page is given."""
    return Client().get(address)["ETag"]


def again(address: str, tag: str, **headers: str) -> int:
    """Ask for a page that the reader has already; return the status."""
    return Client().get(address, headers={"If-None-Match": tag, **headers}).status_code


@pytest.mark.each_database
def test_what_a_reader_has_is_not_drawn_again(road: Place) -> None:
    """One query, and no page read."""
    for address in ("/", "/en/", "/places/", "/places/road/", "/en/places/road/"):
        tag = tag_of(address)
        assert again(address, tag) == 304
        with CaptureQueriesContext(connection) as queries:
            again(address, tag)
        assert len(queries) == 1
        assert again(address, f"W/{tag}") == 304
        assert again(address, '"another"') == 200


# In an order in which each finds something to change.
CHANGES: dict[str, Callable[[Place], object]] = {
    "a new title": lambda road: road.save_revision().publish(),
    "an update of rows": lambda road: Place.objects.filter(pk=road.pk).update(title="淮海路"),
    "rows in bulk": lambda road: Name.objects.bulk_create([Name(holding=road, text="林森中路")]),
    "another's name": lambda road: Entry.objects.update(title="路上"),
    "a theme's title": lambda road: Theme.objects.update(title="路"),
    "a theme gone": lambda road: Theme.objects.all().delete(),
    "a relation gone": lambda road: Relation.objects.all().delete(),
    "the words of the navigation": lambda road: Shelf.objects.filter(slug="works").update(nav_title="旧志"),
    "in a block that is undone, and again": lambda road: undone_and_again(road),
    "moved": lambda road: road.move(Shelf.objects.get(slug="works"), pos="last-child"),
    "a use taken away": lambda road: Place.objects.filter(pk=road.pk).update(use_web=False),
    "unpublished": lambda road: road.unpublish(),
    "deleted": lambda road: road.delete(),
    "a closed shelf": lambda road: PageViewRestriction.objects.create(
        page=Shelf.objects.get(slug="works"), restriction_type="login"
    ),
    "opened": lambda road: PageViewRestriction.objects.get().delete(),
}


def undone_and_again(road: Place) -> None:
    """Write in an inner block that is undone, then outside of it, in one transaction."""
    with transaction.atomic():
        block = transaction.savepoint()
        Place.objects.filter(pk=road.pk).update(title="甲")
        transaction.savepoint_rollback(block)
        try:
            with transaction.atomic():
                Place.objects.filter(pk=road.pk).update(title="乙")
                raise LookupError
        except LookupError:
            pass
        Place.objects.filter(pk=road.pk).update(title="丙")


@pytest.mark.each_database
def test_any_change_is_seen_with_the_next_request(road: Place) -> None:
    """Whoever made it, by whichever road."""
    missed = []
    for name, change in CHANGES.items():
        tags = {address: tag_of(address) for address in ("/", "/places/", "/chronicle/")}
        change(Place.objects.filter(pk=road.pk).first())
        missed += [(name, address) for address, tag in tags.items() if again(address, tag) == 304]
    assert missed == []


@pytest.mark.each_database
def test_what_time_alone_changes_is_seen(road: Place) -> None:
    """A page expires, or comes to its time, with nothing written and no worker running."""
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        for field in ("go_live_at", "expire_at"):
            Place.objects.filter(pk=road.pk).update(**{field: timezone.now() + timedelta(minutes=5)})
            tag = tag_of("/places/")
            assert again("/places/", tag) == 304
            clock.shift(timedelta(minutes=6))
            assert again("/places/", tag) == 200


def test_a_new_day_is_seen(road: Place) -> None:
    """The home page shows the leaf of the day."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        tag = tag_of("/")
        clock.shift(timedelta(days=1))
        assert again("/", tag) == 200


def test_drafts_and_logins_change_no_page(road: Place, admin_user: User) -> None:
    """What editors keep to themselves costs readers nothing."""
    before = edition()
    draft = Place.objects.get(pk=road.pk)
    draft.title = "草稿"
    Client().force_login(admin_user)
    assert edition() == before
    draft.save_revision()
    assert Client().get("/places/road/").status_code == 200
    assert not counts('INSERT INTO "wagtailcore_revision" ("id") VALUES (1)')
    assert not counts('UPDATE "search_outbox" SET "done" = 1')
    assert not counts("SELECT 1 FROM cms_holding")


@pytest.mark.each_database
def test_every_table_of_a_kind_counts() -> None:
    """Also of one that comes tomorrow, its parts and what ties it to others."""
    for kind in kinds():
        assert counts(f'UPDATE "{kind._meta.db_table}" SET x = 1'), kind
    for sql in (
        "INSERT OR IGNORE INTO cms_holding_themes",
        "DELETE FROM media_rendition",
        "update wagtailcore_page set",
    ):
        assert counts(sql), sql


def test_a_page_that_tells_the_minute_is_always_drawn(road: Place) -> None:
    """Open now, or not any more: the corners and their shelf."""
    corner = Station(title="示例书角", slug="corner", subdistrict="xujiahui", opening_hours="Mo-Su 09:00-17:00")
    Shelf.objects.get(slug="stations").add_child(instance=corner)
    for address in ("/stations/", "/stations/corner/"):
        with time_machine.travel("2026-11-23T04:00:00+00:00", tick=False):
            noon = Client().get(address).get("ETag", '""')
        # Nothing was written, and the day is the same: it has closed since.
        with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
            assert again(address, noon) == 200


def test_who_is_known_is_never_answered_from_what_anybody_gets(road: Place, admin_user: User) -> None:
    """A session sees other things; its pages have no tag of the edition, and it is asked about none."""
    tag = tag_of("/places/road/")
    PageViewRestriction.objects.create(page=Holding.objects.get(pk=road.pk), restriction_type="login")
    client = Client()
    client.force_login(admin_user)
    assert client.get("/places/road/").status_code == 200
    assert client.get("/places/road/", headers={"If-None-Match": tag}).status_code == 200
    assert again("/places/road/", tag) == 302


def test_the_form_of_a_closed_page_has_no_tag(road: Place) -> None:
    """Nor has the way to a login, which would outlive the opening of the page."""
    PageViewRestriction.objects.create(page=road, restriction_type="password", password="kaimen")
    assert "no-store" in Client().get("/places/road/")["Cache-Control"]


def test_language_spared_data_and_query_have_tags_of_their_own(road: Place) -> None:
    """What differs by them is another page."""
    tags = [tag_of(address) for address in ("/places/road/", "/en/places/road/", "/places/", "/places/?sort=title")]
    for headers in ({"Save-Data": "on"}, {"X-Zhihui-Keep": "1"}):
        tags.append(Client().get("/places/road/", headers=headers)["ETag"])
    assert len(set(tags)) == len(tags)


def test_migrations_write_before_the_table_is_there(tmp_path: object) -> None:
    """The last migration taken back and done again, as an upgrade does it."""
    if connection.vendor == "sqlite":
        call_command("migrate", "cms", "0002", verbosity=0)
        call_command("migrate", verbosity=0)
    assert Edition.objects.count() >= 0
