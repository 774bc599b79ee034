"""Deleting: what refers to a thing is listed first, forbids it while published, and what went can be brought back."""

import io
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.core.files.images import ImageFile
from django.core.serializers import serialize
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.models import Page, PageViewRestriction

from authorities.models import Person, Place
from chronicle.models import Chapter, Entry, Work
from cms.models import Change, Citation, Holding, Name, Relation, Removal, Shelf, Theme
from exhibitions.models import Exhibit
from media.models import Image
from picturebooks.models import Book
from search.models import Outbox
from stations.models import Copy, Station
from tests.desk.forms import fields_of, form_of
from tests.desk.holdings import put
from tours.models import Stop, Tour

pytestmark = pytest.mark.usefixtures("shelves")


def deletion(page: Page) -> str:
    """Return the address of a page's deletion."""
    return reverse("wagtailadmin_pages:delete", args=[page.pk])


def bulk(model: str, *things: Model) -> str:
    """Return the address of a deletion of several."""
    app, name = model.split(".")
    query = urlencode([("id", thing.pk) for thing in things])
    return reverse("wagtail_bulk_action", args=[app, name, "delete"]) + "?" + query


def picture() -> Image:
    """Keep a small picture."""
    data = io.BytesIO()
    Picture.new("RGB", (40, 30), "teal").save(data, "PNG")
    return Image.objects.create(title="塔影", file=ImageFile(data, "tower.png"))


def related(target: Holding, count: int, *, live: bool = True) -> list[Entry]:
    """Put entries that are about something."""
    entries = [put(Entry, f"记塔之{number}", live=live) for number in range(count)]
    for entry in entries:
        Relation.objects.create(holding=entry, role="about", target=target)
    return entries


def test_a_stop_that_was_taken_out_of_its_tour_is_in_no_way(sit: Callable[..., Client]) -> None:
    """It belongs to no page until it is put back; the deletion was a 500."""
    tower = put(Place, "龙华塔")
    tour = put(Tour, "一条路")
    Stop.objects.create(tour=None, removed_from=tour, holding=tower.holding_ptr, sort_order=0)
    desk = sit("editor")
    assert desk.get(deletion(tower)).status_code == 200
    desk.post(deletion(tower))
    assert not Place.objects.exists()


@pytest.mark.each_database
def test_what_refers_is_listed_and_forbids(sit: Callable[..., Client]) -> None:
    """As 龙华塔, to which 503 relations led that went on one click."""
    tower = put(Place, "龙华塔")
    related(tower, 60)
    editor = sit("chen")
    html = editor.get(deletion(tower)).content.decode()
    assert "共 60 条" in html
    assert '<h1 class="w-header__title" id="header-title">' in html
    assert html.count("记塔之") == 50
    assert reverse("wagtailadmin_pages:edit", args=[Entry.objects.get(title="记塔之0").pk]) in html
    assert "关于" in html
    assert editor.get(deletion(tower) + "?p=2").content.decode().count("记塔之") == 10
    assert f'action="{deletion(tower)}"' not in html

    assert editor.post(deletion(tower)).status_code == 409
    assert (Place.objects.count(), Relation.objects.count(), Removal.objects.count()) == (1, 60, 0)


def referred_to() -> dict[str, Callable[[], tuple[Page, Page]]]:
    """Return makers of every way in which one page refers to another: what is referred to, and what refers."""

    def relation() -> tuple[Page, Page]:
        target = put(Place, "龙华塔")
        return target, related(target, 1)[0]

    def copy() -> tuple[Page, Page]:
        book, station = put(Book, "家在梧桐树下"), put(Station, "示例角")
        Copy.objects.create(station=station, work=book, barcode="1")
        return book, station

    def stop() -> tuple[Page, Page]:
        exhibit, tour = put(Exhibit, "行李箱"), put(Tour, "四十五分钟")
        Stop.objects.create(tour=tour, holding=exhibit)
        return exhibit, tour

    return {"relation": relation, "copy": copy, "stop": stop}


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("way", referred_to())
@pytest.mark.parametrize("through", ["alone", "bulk", "ancestor"])
def test_every_way_of_deleting_what_is_referred_to_is_refused(
    sit: Callable[..., Client], way: str, through: str
) -> None:
    target, source = referred_to()[way]()
    administrator = sit("admin", "")
    if through == "ancestor":
        above = put(Work, "志书")
        target.move(Page.objects.get(pk=above.pk), "last-child")
    address = {"alone": deletion(target), "bulk": bulk("wagtailcore.page", target)}.get(through)
    address = address or deletion(target.get_parent() if through == "alone" else Page.objects.get(pk=above.pk))
    page = administrator.get(address).content.decode()
    assert source.title in page
    answer = administrator.post(address, {"confirm_site_name": "志汇 · 编修室"})
    assert answer.status_code == 409
    assert source.title in answer.content.decode()
    assert Page.objects.filter(pk=target.pk).exists()
    assert Removal.objects.count() == 0


def test_several_that_refer_to_each_other_alone_may_go_together(sit: Callable[..., Client]) -> None:
    tower = put(Place, "龙华塔")
    entry = related(tower, 1)[0]
    answer = sit("admin", "").post(bulk("wagtailcore.page", tower, entry))
    assert answer.status_code == 302
    assert Holding.objects.count() == 0
    assert Removal.objects.get().title.count("龙华塔") == 1


def test_what_a_draft_refers_to_goes_after_it_was_listed(sit: Callable[..., Client]) -> None:
    tower = put(Place, "龙华塔")
    related(tower, 1, live=False)
    editor = sit("chen")
    html = editor.get(deletion(tower)).content.decode()
    assert ("记塔之0" in html, "草稿" in html) == (True, True)
    assert editor.post(deletion(tower)).status_code == 302
    assert not Place.objects.exists()


def test_copies_in_a_draft_forbid_and_are_named(sit: Callable[..., Client]) -> None:
    """P01: refused with the reason, in the reader's language, and saying which."""
    book, station = put(Book, "家在梧桐树下"), put(Station, "示例角", live=False)
    Copy.objects.create(station=station, work=book, barcode="1")
    answer = sit("admin", "").post(deletion(book))
    html = answer.content.decode()
    assert (answer.status_code, "示例角" in html, "One or more" in html) == (409, True, False)


@pytest.mark.each_database
def test_pictures_and_themes_that_published_pages_use_stay(sit: Callable[..., Client]) -> None:
    theme, used = Theme.objects.create(slug="silk", title="丝绸"), picture()
    entry = put(Entry, "织造局", cover=used)
    entry.themes.add(theme)
    entry.save()
    administrator = sit("admin", "")
    addresses = [
        reverse("wagtailsnippets_cms_theme:delete", args=[theme.pk]),
        reverse("wagtailimages:delete", args=[used.pk]),
        bulk("cms.theme", theme),
        bulk("media.image", used),
    ]
    for address in addresses:
        assert "织造局" in administrator.get(address).content.decode(), address
        answer = administrator.post(address)
        assert (answer.status_code, "织造局" in answer.content.decode()) == (409, True), address
    assert (Theme.objects.count(), Image.objects.count()) == (1, 1)
    entry.unpublish()
    assert administrator.post(addresses[0]).status_code == 302
    assert administrator.post(addresses[1]).status_code == 302
    assert (Theme.objects.count(), Image.objects.count()) == (0, 0)


def dump() -> list[str]:
    """Return every row of the library as text, so that before and after can be compared."""
    models = (Page, Holding, Place, Work, Chapter, Entry, Station, Copy, Name, Relation, Citation, PageViewRestriction)
    tables = [*models, Holding.themes.through]
    return [line for model in tables for line in serialize("jsonl", model._base_manager.order_by("pk")).splitlines()]


@pytest.mark.each_database
def test_what_went_comes_back_the_same(sit: Callable[..., Client]) -> None:
    """A work with its chapter and entry, names, citations, a theme, a restriction, relations from both ends."""
    work = put(Work, "徐汇简史", summary="史")
    chapter = put(Chapter, "卷一", work)
    entry = put(Entry, "塔影", chapter, body="塔在寺前。")
    tower = put(Place, "龙华塔")
    draft = put(Entry, "草稿记", live=False)
    entry.names.add(Name(text="塔之影"))
    entry.citations.add(Citation(text="《徐汇区志》"))
    entry.relations.add(Relation(role="about", target=tower, as_printed="浮屠"))
    entry.themes.add(Theme.objects.create(slug="silk", title="丝绸"))
    entry.save_revision().publish()
    Relation.objects.create(holding=draft, role="mentions", target=entry)
    PageViewRestriction.objects.create(page=chapter, restriction_type="login")
    before = dump()

    editor = sit("admin", "")
    assert editor.post(deletion(work)).status_code == 302
    assert Entry.objects.get().pk == draft.pk
    assert (Relation.objects.count(), PageViewRestriction.objects.count()) == (0, 0)
    removal = Removal.objects.get()
    assert (removal.made_by.username, "徐汇简史" in removal.title) == ("admin", True)

    desk = sit("chen")
    html = desk.get(reverse("changes")).content.decode()
    assert "徐汇简史" in html
    assert "关联 2" in desk.get(reverse("change", args=[removal.alterations.get().change_id])).content.decode()
    Outbox.objects.all().delete()
    desk.post(reverse("change_undo", args=[removal.alterations.get().change_id]))
    assert dump() == before
    assert Entry.objects.get(title="塔影").get_latest_revision_as_object().body == "塔在寺前。"
    assert {entry.pk, work.pk, tower.pk, draft.pk} <= set(Outbox.objects.values_list("holding", flat=True))
    assert Page.find_problems() == ([], [], [], [], [])
    # A second time does nothing.
    desk.post(reverse("change_undo", args=[removal.alterations.get().change_id]))
    assert dump() == before


@pytest.mark.each_database
def test_it_comes_back_although_its_place_and_address_were_taken(sit: Callable[..., Client]) -> None:
    tower = put(Place, "龙华塔", slug="longhua-pagoda")
    editor = sit("chen")
    editor.post(deletion(tower))
    other = put(Place, "龙华塔二", slug=tower.slug)
    assert other.path == tower.path
    editor.post(reverse("change_undo", args=[Change.objects.get(action="delete").pk]))
    back = Place.objects.get(pk=tower.pk)
    assert (back.uid, back.slug, back.url_path) == (
        tower.uid,
        f"{tower.slug}-2",
        f"{other.get_parent().url_path}{tower.slug}-2/",
    )
    assert Page.find_problems() == ([], [], [], [], [])


def test_it_waits_for_its_parent_and_tells_what_is_lost(sit: Callable[..., Client]) -> None:
    work = put(Work, "徐汇简史")
    chapter = put(Chapter, "卷一", work)
    tower = put(Place, "龙华塔")
    Relation.objects.create(holding=chapter, role="about", target=tower)
    editor = sit("admin", "")
    editor.post(deletion(chapter))
    editor.post(deletion(Page.objects.get(pk=work.pk)))
    editor.post(deletion(tower))
    first, second = Removal.objects.order_by("pk")[:2]
    said = editor.post(reverse("change_undo", args=[first.alterations.get().change_id]), follow=True).content.decode()
    assert "请先恢复上级" in said
    editor.post(reverse("change_undo", args=[second.alterations.get().change_id]))
    said = editor.post(reverse("change_undo", args=[first.alterations.get().change_id]), follow=True).content.decode()
    assert "有 1 行没有恢复" in said
    assert (Chapter.objects.count(), Relation.objects.count()) == (1, 0)


@pytest.mark.each_database
def test_a_number_that_was_given_again_is_not_doubled(sit: Callable[..., Client]) -> None:
    tower = put(Place, "龙华塔")
    editor = sit("chen")
    editor.post(deletion(tower))
    put(Place, "另一座塔", uid=tower.uid)
    said = editor.post(
        reverse("change_undo", args=[Change.objects.get(action="delete").pk]), follow=True
    ).content.decode()
    assert "现在属于《另一座塔》" in said
    assert Place.objects.count() == 1


@pytest.mark.each_database
def test_what_lost_its_pointer_points_again(sit: Callable[..., Client]) -> None:
    exhibit, tour = put(Exhibit, "行李箱"), put(Tour, "四十五分钟", live=False)
    stop = Stop.objects.create(tour=tour, holding=exhibit)
    editor = sit("chen")
    assert editor.post(deletion(exhibit)).status_code == 302
    stop.refresh_from_db()
    assert stop.holding_id is None
    editor.post(reverse("change_undo", args=[Change.objects.get(action="delete").pk]))
    stop.refresh_from_db()
    assert stop.holding_id == exhibit.pk


def test_a_theme_comes_back_with_those_that_had_it(sit: Callable[..., Client]) -> None:
    theme, entry = Theme.objects.create(slug="silk", title="丝绸"), put(Entry, "织造局", live=False)
    entry.themes.add(theme)
    entry.save()
    administrator = sit("admin", "")
    administrator.post(reverse("wagtailsnippets_cms_theme:delete", args=[theme.pk]))
    assert list(Entry.objects.get().themes.all()) == []
    administrator.post(reverse("change_undo", args=[Change.objects.get(action="delete").pk]))
    assert [one.title for one in Entry.objects.get().themes.all()] == ["丝绸"]


def test_librarians_who_may_not_publish_see_no_list(sit: Callable[..., Client]) -> None:
    librarian = sit("wang", "编目员")
    change = Change.objects.create(action="delete", title="龙华塔")
    for address in (reverse("changes"), reverse("change", args=[change.pk])):
        assert librarian.get(address).status_code == 302
    for name in ("change_undo", "change_insist"):
        assert librarian.post(reverse(name, args=[change.pk])).status_code == 302
    assert Change.objects.count() == 1


def test_the_confirmation_asks_and_deletes(sit: Callable[..., Client]) -> None:
    """The page's own form does it: nothing refers to the person."""
    person = put(Person, "某人")
    editor = sit("chen")
    html = editor.get(deletion(person)).content.decode()
    sent = fields_of(form_of(html, f"form[action='{deletion(person)}']"))
    assert editor.post(deletion(person), sent).status_code == 302
    assert not Person.objects.exists()
    assert Shelf.objects.exists()
