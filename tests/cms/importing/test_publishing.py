"""What an import publishes is published as by hand, and asks the database for no more than it must."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Task, Workflow, WorkflowTask
from wagtail.signals import page_published

from authorities.models import Place
from cms.importing import import_files

pytestmark = pytest.mark.django_db
Write = Callable[..., Path]
HEADINGS = "编号,题名,提要,又名"


@pytest.fixture
def published() -> Iterator[list[int]]:
    """The keys of the pages of which it was said that they were published."""
    keys: list[int] = []

    def note(instance: Page, **_rest: object) -> None:
        keys.append(instance.pk)

    page_published.connect(note)
    yield keys
    page_published.disconnect(note)


def roads(write: Write, count: int, summary: str, first: int = 1) -> Path:
    """Write a table of roads."""
    lines = [f"XH-PL-{n:06},路{n},{summary},旧路{n}" for n in range(first, first + count)]
    return write("\n".join([HEADINGS, *lines]) + "\n")


def state(place: Place, user: User) -> dict[str, Any]:
    """Return all that publishing leaves behind, but for the moments and keys that are never twice the same."""
    place.refresh_from_db()
    entry = PageLogEntry.objects.filter(page=place.pk).latest("pk")
    return {
        "live": (place.live, place.expired, place.has_unpublished_changes, place.draft_title),
        "newest is live": place.live_revision_id == place.latest_revision_id,
        "moments": place.last_published_at > place.first_published_at,
        "kept": place.live_revision.as_object().summary,
        "by": place.live_revision.user == user,
        "scheduled": place.revisions.filter(approved_go_live_at__isnull=False).count(),
        "told": (entry.action, entry.user == user, entry.revision_id == place.live_revision_id, entry.content_changed),
        "alias": Place.objects.get(alias_of=place.pk).summary,
        "review": place.workflow_in_progress,
    }


@pytest.mark.each_database
@pytest.mark.parametrize("before", ["as it is", "in review"])
def test_what_a_table_changes_is_published_as_by_hand(
    write: Write, admin_user: User, published: list[int], before: str
) -> None:
    import_files([(Place, roads(write, 2, "旧"))])
    by_table, by_hand = Place.objects.filter(alias_of=None).order_by("uid")
    for place in (by_table, by_hand):
        place.create_alias(update_slug=f"alias-{place.pk}")
    if before == "in review":
        workflow, task = Workflow.objects.create(name="审"), Task.objects.create(name="看")
        WorkflowTask.objects.create(workflow=workflow, task=task)
        workflow.start(by_hand, admin_user)
    published.clear()
    import_files([(Place, roads(write, 1, "新"))], user=admin_user)
    by_hand.refresh_from_db()
    by_hand.summary = "新"
    by_hand.save_revision(user=admin_user).publish(user=admin_user)
    one, other = state(by_table, admin_user), state(by_hand, admin_user)
    assert one | {"live": one["live"][:3]} == other | {"live": other["live"][:3]}
    assert (one["kept"], one["alias"]) == ("新", "新")
    assert published.count(by_table.pk) == published.count(by_hand.pk) == 1


def test_another_title_is_that_of_the_draft_too(write: Write) -> None:
    import_files([(Place, roads(write, 1, "旧"))])
    import_files([(Place, write("编号,题名\nXH-PL-000001,新路名\n"))])
    place = Place.objects.get(uid="XH-PL-000001")
    assert (place.title, place.draft_title, place.live_revision.object_str) == ("新路名",) * 3


def queries(work: Callable[[], object]) -> int:
    """Return how many queries something asks."""
    with CaptureQueriesContext(connection) as ran:
        work()
    return len(ran)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("is_new", "most"), [(False, 57), (True, 62)], ids=["changed", "new"])
def test_a_row_costs_no_more_than_so_many_queries(write: Write, is_new: bool, most: int) -> None:
    asked = []
    for first, count in ((1, 10), (101, 30)):
        if not is_new:
            import_files([(Place, roads(write, count, "旧", first))])
        path = roads(write, count, "新", first)
        asked.append(queries(lambda: import_files([(Place, path)])))  # noqa: B023
    assert (asked[1] - asked[0]) / 20 <= most


@pytest.mark.django_db(transaction=True)
def test_references_of_many_are_as_if_each_was_indexed_alone(write: Write) -> None:
    import_files([(Place, roads(write, 3, "旧"))])
    table = write("编号,题名,关联\n" + "".join(f"XH-PL-{n:06},路{n},关于 | XH-PL-000003\n" for n in (1, 2)))
    import_files([(Place, table)])
    there = set(ReferenceIndex.objects.values_list("base_content_type", "object_id", "to_object_id", "content_path"))
    call_command("rebuild_references_index", verbosity=0)
    assert there == set(
        ReferenceIndex.objects.values_list("base_content_type", "object_id", "to_object_id", "content_path")
    )
    third = Place.objects.get(uid="XH-PL-000003")
    assert ReferenceIndex.get_references_to(third).count() == 2
