"""A copy is another record, and so is an alias: with a number and an address of its own, whatever the kind (R05)."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.db import models
from django.test import Client
from django.urls import reverse
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, PageViewRestriction

from cms.models import Holding, ImportBatch, Shelf
from cms.models.kinds import kinds
from stations.models import Copy, Station
from tours.models import Script, Tour

NAMES = [kind._meta.model_name for kind in kinds()]


def copy(client: Client, page: Page, **fields: str) -> Page | None:
    """Send the copy form of a page as it stands there, with some fields changed; return what it made, if anything."""
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    form = client.get(address).context["form"]
    sent = {name: field.initial for name, field in form.fields.items() if field.initial not in (None, False)}
    sent["new_parent_page"] = page.get_parent().pk
    before = Page.objects.count()
    answer = client.post(address, {**sent, **fields})
    assert answer.status_code in (200, 302), answer.status_code
    return Page.objects.order_by("pk")[before:].first()


def numbers(page: Page) -> Iterator[tuple[str, str, str]]:
    """Yield the number of a page and of all below it, stored and in the latest draft, with its address."""
    for below in Holding.objects.filter(path__startswith=page.path).specific():
        draft = below.get_latest_revision_as_object()
        yield below.uid, draft.uid, draft.slug
        assert draft.slug == below.slug


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("way", ["", "publish_copies", "alias"])
def test_r05_a_copy_of_every_kind_has_its_own_number_and_address(admin: Client, made: dict, way: str) -> None:
    """As it stands in the form; what is below comes along; each opens for editing and publishes."""
    for name, holding in made.items():
        new = copy(admin, holding, **({way: "on"} if way else {}))
        assert new is not None, (name, way)
        assert new.live == bool(way), (name, way)
        here = list(numbers(new))
        theirs = {uid for uid, *_rest in numbers(holding)}
        assert len(here) == len(theirs), (name, way)
        assert not {number for uid, draft, _slug in here for number in (uid, draft)} & theirs, (name, way)
        assert {slug for *_numbers, slug in here} == {uid.lower() for uid, *_rest in here}, (name, way)
        if not way:
            assert admin.get(reverse("wagtailadmin_pages:edit", args=[new.pk])).status_code == 200, name
        if way != "alias":
            new.get_latest_revision().publish()
            assert Holding.objects.get(pk=new.pk).uid == here[0][0]


def test_an_alias_follows_its_source_and_keeps_its_number(admin: Client, made: dict) -> None:
    """Publishing the source brings the alias up to date, and made a record of its own it stays as it is."""
    for name, holding in made.items():
        alias = copy(admin, holding, alias="on", new_slug=f"also-{name}").specific
        assert alias.slug == f"also-{name}"
        draft = holding.get_latest_revision_as_object()
        draft.title = f"{draft.title}又"
        draft.save_revision().publish()
        after = Holding.objects.get(pk=alias.pk)
        assert (after.title, after.uid) == (draft.title, alias.uid), name
        assert admin.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk])).status_code == 302
        Page.objects.get(pk=alias.pk).specific.get_latest_revision().publish()
        assert Holding.objects.get(pk=alias.pk).uid == alias.uid


def test_an_alias_is_closed_with_its_source(admin: Client, made: dict) -> None:
    """Where the source, or the branch it stands in, is restricted afterwards, the alias is too, on its page and in lists."""
    alias = copy(admin, made["work"], alias="on").specific
    chapter = alias.get_children().get()
    PageViewRestriction.objects.create(page_id=made["work"].pk, restriction_type="password", password="sesame")
    reader = Client()
    for page in (made["work"], alias, chapter):
        assert 'type="password"' in reader.get(page.url).content.decode(), page.url
    assert made["work"].title not in reader.get("/works/").content.decode()
    PageViewRestriction.objects.all().delete()
    assert reader.get("/works/").content.decode().count(f'{alias.url}"') >= 1


@pytest.mark.each_database
def test_what_is_one_alone_is_not_copied(admin: Client, made: dict) -> None:
    """A book with its barcode stands in one corner; a guide's own script and the import stay with the original."""
    Holding.objects.update(batch=ImportBatch.objects.create(source="table.csv"))
    Script.objects.create(stop=made["tour"].stops.get(), owner=User.objects.get(), text="我的话")
    corner, walk = copy(admin, made["station"]).specific, copy(admin, made["tour"], publish_copies="on").specific
    assert isinstance(corner, Station)
    assert isinstance(walk, Tour)
    assert (corner.copies.count(), Copy.objects.count()) == (0, 2)
    assert corner.get_latest_revision_as_object().copies.count() == 0
    assert (corner.batch, walk.batch) == (None, None)
    stop = walk.stops.get()
    assert stop.sign.code != made["tour"].stops.get().sign.code
    assert stop.scripts.count() == 0


def unique_parts(model: type[Holding]) -> list[str]:
    """Return the relations of a kind to parts that the whole library has once: their copies would clash."""
    relations = get_all_child_relations(model)
    return [
        relation.get_accessor_name()
        for relation in relations
        if relation.related_model._meta.app_label != "wagtailcore"
        and any(f.unique for f in relation.related_model._meta.local_fields if not isinstance(f, models.AutoField))
    ]


@pytest.mark.parametrize("kind", kinds(), ids=NAMES)
def test_every_unique_field_is_left_out_of_copies(kind: type[Holding]) -> None:
    """A kind that gets one more unique field, of its own or of a part, says what becomes of it in a copy."""
    own = [
        f.name
        for f in kind._meta.fields
        if issubclass(f.model, Holding) and f.unique and not f.primary_key and not f.remote_field
    ]
    assert {*own, *unique_parts(kind)} - {"uid"} <= {*kind.exclude_fields_in_copy}
    assert "uid" in kind.exclude_fields_in_copy


def test_the_reader_of_unique_parts_sees_barcodes() -> None:
    """The guard above can fail."""
    assert unique_parts(Station) == ["copies"]


def test_a_copy_that_could_not_be_published_is_refused_in_words(admin: Client, made: dict) -> None:
    """A record that older rules let through is copied as a draft, and to publish the copy is refused with the reason."""
    place = made["place"]
    Holding.objects.filter(pk=place.pk).update(date_text="某年")
    address = reverse("wagtailadmin_pages:copy", args=[place.pk])
    sent = {"new_title": "又一条", "new_slug": "", "new_parent_page": place.get_parent().pk}
    answer = admin.post(address, {**sent, "publish_copies": "on"})
    assert "读不懂" in answer.content.decode()
    assert admin.post(address, sent).status_code == 302
    assert not Holding.objects.get(title="又一条").live


@pytest.mark.each_database
def test_a_number_is_never_given_to_two(db: None) -> None:
    """A number that was typed moves the counter on, so that it is not given again."""
    shelf = Shelf.objects.get(slug="places")
    kind = next(k for k in kinds() if k._meta.model_name == "place")
    typed = shelf.add_child(instance=kind(title="甲路", uid="xh-pl-000041"))
    given = shelf.add_child(instance=kind(title="乙路"))
    assert (typed.uid, given.uid) == ("XH-PL-000041", "XH-PL-000042")
