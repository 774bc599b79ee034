"""The groups of the office: whole on every installation, beside none that may do more, and no right that is none."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, Task, Workflow

from cms.models import Home
from cms.setup import roles
from cms.setup.bootstrap import put_up_shelves
from tests.cms.desk.one_of_each import picture

pytestmark = pytest.mark.django_db


def test_every_right_that_is_granted_exists() -> None:
    """A name that no model has would grant nothing in silence."""
    for codename in {codename for rights in roles.PAGE_RIGHTS.values() for codename in rights}:
        assert roles.right("wagtailcore", codename)
    for codename in roles.PICTURE_RIGHTS:
        assert roles.right("media", codename)
    with pytest.raises(LookupError, match="chose_image"):
        roles.right("media", "chose_image")


@pytest.mark.parametrize("name", [roles.LIBRARIANS, roles.EDITORS])
def test_both_choose_pictures_that_somebody_else_uploaded(client: Client, name: str) -> None:
    """The chooser lists the whole library, to the group as it is after a migration."""
    picture("别人的图")
    user = User.objects.create_user("who")
    user.groups.add(Group.objects.get(name=name))
    client.force_login(user)
    assert "别人的图" in client.get(reverse("wagtailimages_chooser:choose")).json()["html"]


def test_an_existing_installation_gets_what_its_groups_lack() -> None:
    """As before this release: no right to choose pictures; other rights that the operator gave stay."""
    group = Group.objects.get(name=roles.LIBRARIANS)
    choose = GroupCollectionPermission.objects.filter(group=group, permission__codename="choose_image")
    assert choose.count() == 1
    choose.delete()
    own = Permission.objects.get(codename="add_theme")
    group.permissions.add(own)
    put_up_shelves()
    put_up_shelves()
    assert choose.count() == 1
    assert own in group.permissions.all()
    assert Workflow.objects.filter(name="送审").count() == 1


def stock(name: str) -> Group:
    """Make a group as Wagtail's own migrations do, with a review of it."""
    group = Group.objects.create(name=name)
    root = Page.get_first_root_node()
    GroupPagePermission.objects.create(group=group, page=root, permission=roles.right("wagtailcore", "publish_page"))
    return group


def test_stock_groups_are_gone() -> None:
    """Neither they nor their review stand beside ours, and they go from an installation that had them."""
    assert not Group.objects.filter(name__in=roles.STOCK_GROUPS).exists()
    assert list(Workflow.objects.values_list("name", flat=True)) == ["送审"]
    assert list(Task.objects.values_list("name", flat=True)) == ["编辑审核"]
    stock("Editors")
    put_up_shelves()
    assert not Group.objects.filter(name="Editors").exists()
    assert run_checks(databases=["default"]) == []


def test_a_stock_group_with_members_stays_and_is_named() -> None:
    """Nobody loses a right in silence; the operator is told, with what to do."""
    group = stock("Moderators")
    group.user_set.add(User.objects.create_user("old hand"))
    put_up_shelves()
    assert [one.id for one in run_checks(databases=["default"])] == ["cms.W001"]
    group.user_set.clear()
    put_up_shelves()
    assert not Group.objects.filter(name="Moderators").exists()


def test_a_group_of_the_operators_own_stays() -> None:
    """One that happens to be called so, and has no rights on the root, is none of Wagtail's."""
    group = Group.objects.create(name="Editors")
    right = roles.right("wagtailcore", "change_page")
    GroupPagePermission.objects.create(group=group, page=Home.objects.get(), permission=right)
    put_up_shelves()
    assert Group.objects.filter(name="Editors").exists()
