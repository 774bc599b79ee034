"""What stands where: each shelf takes its own kinds, the bare holding is never made, and a shelf leads to all it is for."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from cms.models import Holding, Shelf, TextPage
from cms.models.kinds import kinds


@pytest.fixture
def librarian(client: Client, db: None) -> Client:
    """A client of a librarian's."""
    user = User.objects.create_user("librarian")
    user.groups.add(Group.objects.get(name="编目员"))
    client.force_login(user)
    return client


def add(kind: type[Holding], shelf: Shelf) -> str:
    """Return the address of the form that adds a kind to a shelf."""
    return reverse("wagtailadmin_pages:add", args=[kind._meta.app_label, kind._meta.model_name, shelf.pk])


def test_every_shelf_offers_its_own_kinds_alone(librarian: Client) -> None:
    """In the choice of kinds, and by the address of the form itself."""
    for shelf in Shelf.objects.all():
        own = [kind for kind in kinds() if kind._meta.label_lower in shelf.kinds]
        assert own, shelf
        choice = librarian.get(reverse("wagtailadmin_pages:add_subpage", args=[shelf.pk]), follow=True)
        for kind in (*kinds(), Holding, TextPage):
            address = add(kind, shelf)
            offered = address in choice.content.decode() or choice.request["PATH_INFO"] == address
            assert offered == (kind in own), (shelf.slug, kind)
        wrong = next(kind for kind in kinds() if kind not in own)
        assert librarian.get(add(wrong, shelf)).status_code == 302
        assert librarian.get(add(own[0], shelf)).status_code == 200


@pytest.mark.django_db
def test_the_bare_holding_is_never_made() -> None:
    """Not on any shelf, for anybody."""
    assert not any(Holding.can_create_at(shelf) for shelf in Shelf.objects.all())
    assert all(kind.is_creatable for kind in kinds())


def test_a_holding_moves_where_its_kind_belongs(admin: Client, made: dict[str, Holding]) -> None:
    """A place not to the shelf of people, singly or with others; a chapter to another work, an entry out of its chapter."""
    people, chronicle = Shelf.objects.get(slug="people"), Shelf.objects.get(slug="chronicle")
    place, entry = made["place"], made["entry"]
    before = place.path
    admin.post(reverse("wagtailadmin_pages:move_confirm", args=[place.pk, people.pk]))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    admin.post(f"{bulk}?id={place.pk}", {"chooser": people.pk})
    place.refresh_from_db()
    assert place.path == before
    admin.post(reverse("wagtailadmin_pages:move_confirm", args=[entry.pk, chronicle.pk]))
    entry.refresh_from_db()
    assert entry.get_parent().pk == chronicle.pk


def test_an_empty_shelf_leads_to_what_stands_elsewhere(librarian: Client, made: dict[str, Holding]) -> None:
    """The shelf 编年 has no page of its own while the entries stand in chapters: one click shows them all."""
    shelf = Shelf.objects.get(slug="chronicle")
    assert not shelf.get_children().exists()
    page = librarian.get(reverse("wagtailadmin_explore", args=[shelf.pk])).content.decode()
    there = f"{reverse('holdings')}?kind=entry"
    assert page.count(f'href="{there}"') == 1
    assert "全部条目（1）" in page
    assert made["entry"].title in librarian.get(there).content.decode()


def test_every_shelf_leads_to_its_kinds_and_other_pages_to_none(librarian: Client) -> None:
    """The link stands on each shelf for each kind."""
    for shelf in Shelf.objects.all():
        page = librarian.get(reverse("wagtailadmin_explore", args=[shelf.pk])).content.decode()
        for label in shelf.kinds:
            assert f'href="{reverse("holdings")}?kind={label.split(".")[1]}"' in page
    home = librarian.get(reverse("wagtailadmin_explore", args=[shelf.get_parent().pk])).content.decode()
    assert f'href="{reverse("holdings")}?kind=' not in home
