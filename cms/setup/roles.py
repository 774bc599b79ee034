"""Groups of a chronicle office and its review: librarians write and send to review, editors publish."""

from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

LIBRARIANS, EDITORS = "编目员", "编辑"
PAGE_RIGHTS = {
    LIBRARIANS: ("add_page", "change_page"),
    EDITORS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
PICTURE_RIGHTS = ("add_image", "change_image", "choose_image")
SOUND_RIGHTS = ("add_sound", "change_sound", "view_sound")
STOCK_GROUPS = ("Editors", "Moderators")


def right(app: str, codename: str) -> Permission:
    """Return a right. Raises LookupError for one that no model has: granting it would do nothing, and say nothing."""
    found = Permission.objects.filter(content_type__app_label=app, codename=codename).first()
    if found is None:
        raise LookupError(f"There is no right {app}.{codename} to grant.")
    return found


def put_up_roles(home: Page) -> None:
    """Make both groups, and give them what they lack of their rights on the whole library; other rights stay."""
    pages = {name: right("wagtailcore", name) for name in PAGE_RIGHTS[EDITORS]}
    pictures = [right("media", name) for name in PICTURE_RIGHTS]
    sounds = [right("media", name) for name in SOUND_RIGHTS]
    new = not Group.objects.filter(name__in=PAGE_RIGHTS).exists()
    for name, rights in PAGE_RIGHTS.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(right("wagtailadmin", "access_admin"), *sounds)
        for codename in rights:
            GroupPagePermission.objects.get_or_create(group=group, page=home, permission=pages[codename])
        for permission in pictures:
            root = Collection.get_first_root_node()
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
    if new:
        put_up_review(home)
    take_down_stock_groups()


def put_up_review(home: Page) -> None:
    """Let what librarians send to review be approved by editors, for the whole library."""
    task = GroupApprovalTask.objects.create(name="编辑审核")
    task.groups.add(Group.objects.get(name=EDITORS))
    review = Workflow.objects.create(name="送审")
    WorkflowTask.objects.create(workflow=review, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=review, page=home)


def stock_groups() -> QuerySet[Group]:
    """Return the groups that Wagtail's own migrations made, with rights on everything, as far as they are still there."""
    return Group.objects.filter(name__in=STOCK_GROUPS, page_permissions__page__depth=1).distinct()


def take_down_stock_groups() -> None:
    """Take Wagtail's own groups away, and their review, which a new administrator would take for ours.

    One that somebody is a member of stays, and `manage.py check --database default` names it.
    """
    unused = stock_groups().filter(user__isnull=True)
    Group.objects.filter(pk__in=list(unused.values_list("pk", flat=True))).delete()
    if stock_groups().exists():
        return
    tasks = GroupApprovalTask.objects.filter(
        groups__isnull=True, workflow_tasks__workflow__workflow_pages__page__depth=1
    )
    idle = list(tasks.filter(task_states__isnull=True).values_list("pk", flat=True))
    Workflow.objects.filter(workflow_tasks__task__in=idle, workflow_states__isnull=True).delete()
    Task.objects.filter(pk__in=idle).delete()
