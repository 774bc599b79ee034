"""Librarians point a printed code elsewhere; nobody makes or deletes one by hand."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from cms.roles import LIBRARIANS
from cms.shelving import put_up_shelves
from tours.models import Code, Tour

pytestmark = pytest.mark.django_db
LIST, EDIT = "wagtailsnippets_tours_code:list", "wagtailsnippets_tours_code:edit"


@pytest.fixture
def librarian(db: None) -> User:
    """A librarian, with rights on pages and none on models."""
    put_up_shelves()
    user = User.objects.create_user("librarian", password="looks-after-books-1")
    user.groups.add(Group.objects.get(name=LIBRARIANS))
    return user


def test_a_librarian_points_a_code_elsewhere(
    client: Client, librarian: User, exhibit: Callable, draw_up: Callable[..., Tour]
) -> None:
    case, bust = exhibit("行李箱"), exhibit("胸像")
    draw_up((case, None), title="两站")
    code = Code.objects.get()
    client.force_login(librarian)
    assert "行李箱" in client.get(reverse(LIST), {"q": code.code}).content.decode()
    assert "行李箱" not in client.get(reverse(LIST), {"q": "没有这个"}).content.decode()
    answer = client.post(reverse(EDIT, args=[code.pk]), {"holding": bust.pk})
    assert answer.status_code == 302
    assert client.get(f"/q/{code.code}").url == bust.get_url()
    for name in ("add", "delete"):
        args = [code.pk] if name == "delete" else []
        assert client.get(reverse(f"wagtailsnippets_tours_code:{name}", args=args)).status_code == 302
    assert Code.objects.count() == 1


def test_a_guide_has_no_admin(client: Client, guide: User, exhibit: Callable, draw_up: Callable) -> None:
    draw_up((exhibit("行李箱"), None))
    client.force_login(guide)
    assert client.get(reverse(LIST)).status_code in (302, 403)
