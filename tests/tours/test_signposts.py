"""Editors point a printed code elsewhere; nobody makes or deletes one by hand."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from cms.setup.bootstrap import put_up_shelves
from cms.setup.roles import EDITORS, LIBRARIANS
from tours.models import Code, Tour

pytestmark = pytest.mark.django_db
LIST, EDIT = "wagtailsnippets_tours_code:list", "wagtailsnippets_tours_code:edit"


@pytest.fixture
def somebody(db: None) -> Callable[[str], User]:
    """Return a function that makes a member of a group, with rights on pages and none on models."""
    put_up_shelves()

    def make(group: str) -> User:
        user = User.objects.create_user(group)
        user.groups.add(Group.objects.get(name=group))
        return user

    return make


@pytest.mark.each_database
def test_an_editor_points_a_code_elsewhere(
    client: Client, somebody: Callable[[str], User], exhibit: Callable, draw_up: Callable[..., Tour]
) -> None:
    case, bust = exhibit("行李箱"), exhibit("胸像")
    draw_up((case, None), title="两站")
    code = Code.objects.get()
    client.force_login(somebody(EDITORS))
    assert "行李箱" in client.get(reverse(LIST), {"q": code.code}).content.decode()
    assert "行李箱" not in client.get(reverse(LIST), {"q": "没有这个"}).content.decode()
    answer = client.post(reverse(EDIT, args=[code.pk]), {"holding": bust.pk})
    assert answer.status_code == 302
    assert client.get(f"/q/{code.code}").url == bust.get_url()
    for name in ("add", "delete"):
        args = [code.pk] if name == "delete" else []
        assert client.get(reverse(f"wagtailsnippets_tours_code:{name}", args=args)).status_code == 302
    assert Code.objects.count() == 1


def test_a_librarian_sees_codes_and_repoints_none(
    client: Client, somebody: Callable[[str], User], exhibit: Callable, draw_up: Callable[..., Tour]
) -> None:
    """Where a printed code leads is what readers see: whoever may not publish may not change it."""
    bust = exhibit("胸像")
    draw_up((exhibit("行李箱"), None), title="一站")
    code = Code.objects.get()
    client.force_login(somebody(LIBRARIANS))
    assert "行李箱" in client.get(reverse(LIST)).content.decode()
    assert client.post(reverse(EDIT, args=[code.pk]), {"holding": bust.pk}).status_code == 302
    code.refresh_from_db()
    assert code.holding is None


def test_a_guide_has_no_admin(client: Client, guide: User, exhibit: Callable, draw_up: Callable) -> None:
    draw_up((exhibit("行李箱"), None))
    client.force_login(guide)
    assert client.get(reverse(LIST)).status_code in (302, 403)
