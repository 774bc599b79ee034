"""Groups of a chronicle office and its review: librarians write and send to review, editors publish."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

LIBRARIANS, EDITORS = "编目员", "编辑"
PAGE_RIGHTS = {LIBRARIANS: ("add", "change"), EDITORS: ("add", "change", "publish", "lock", "unlock")}


def put_up_roles(home: Page) -> None:
    """Make both groups with their rights on the whole library; groups that exist are left alone."""
    if Group.objects.filter(name__in=PAGE_RIGHTS).exists():
        return
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    pictures = Permission.objects.filter(
        content_type__app_label="media", codename__in=("add_image", "change_image", "choose_image")
    )
    for name, rights in PAGE_RIGHTS.items():
        group = Group.objects.create(name=name)
        group.permissions.add(access)
        for right in rights:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{right}_page")
            GroupPagePermission.objects.create(group=group, page=home, permission=permission)
        for permission in pictures:
            GroupCollectionPermission.objects.create(
                group=group, collection=Collection.get_first_root_node(), permission=permission
            )
    put_up_review(home)


def put_up_review(home: Page) -> None:
    """Let what librarians send to review be approved by editors, for the whole library."""
    task = GroupApprovalTask.objects.create(name="编辑审核")
    task.groups.add(Group.objects.get(name=EDITORS))
    review = Workflow.objects.create(name="送审")
    WorkflowTask.objects.create(workflow=review, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=review, page=home)
