"""A deleted picture: its file is kept for thirty days, shown to nobody, and comes back with what showed it."""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.serializers import serialize
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from chronicle.models import Entry
from cms.models import Change, Removal
from cms.worker import deleted_files
from media import renditions
from media.models import Image, Rendition
from tests.desk.holdings import put
from tests.desk.test_deleting import bulk, picture

pytestmark = pytest.mark.usefixtures("shelves")


def tagged_and_used() -> tuple[Image, Entry, bytes]:
    """Keep a picture with its sizes and a tag, on the draft of an entry; and return what its file holds."""
    used = picture()
    used.tags.add("塔")
    renditions.make([used])
    entry = put(Entry, "织造局", cover=used, live=False)
    with used.file.open("rb") as file:
        return used, entry, file.read()


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("in_bulk", [False, True], ids=["by itself", "in bulk"])
def test_a_picture_comes_back_with_its_file_and_its_uses(
    sit: Callable[..., Client], django_capture_on_commit_callbacks: Callable, in_bulk: bool
) -> None:
    """Listed among what was removed; shown to nobody meanwhile; the draft shows it again, and its sizes are made."""
    used, _entry, content = tagged_and_used()
    before = serialize("json", [used])
    administrator, editor = sit("admin", ""), sit("chen")
    address = bulk("media.image", used) if in_bulk else reverse("wagtailimages:delete", args=[used.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert administrator.post(address).status_code == 302
    assert (Image.objects.count(), Entry.objects.get().cover, Rendition.objects.count()) == (0, None, 0)
    storage, name = used.file.storage, used.file.name
    assert storage.exists(name)
    assert administrator.get(f"/files/{name}").status_code == 404
    assert "塔影" in editor.get(reverse("changes")).content.decode()
    # Tidying up and the daily round leave it alone.
    assert deleted_files.clear() == 0
    out = StringIO()
    os.utime(storage.path(name), (0, 0))
    call_command("pictures", "tidy", "--delete", stdout=out)
    assert (name in out.getvalue(), storage.exists(name)) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(reverse("change_undo", args=[Change.objects.get(action="delete").pk]))
    back = Image.objects.get()
    assert serialize("json", [back]) == before
    assert ([tag.name for tag in back.tags.all()], Entry.objects.get().cover) == (["塔"], back)
    with back.file.open("rb") as file:
        assert file.read() == content
    assert DBTaskResult.objects.filter(args_kwargs__args=[back.pk]).exists() or back.renditions.exists()


def test_after_thirty_days_the_file_goes_and_that_is_said(
    sit: Callable[..., Client], django_capture_on_commit_callbacks: Callable
) -> None:
    used, _entry, _content = tagged_and_used()
    administrator = sit("admin", "")
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(reverse("wagtailimages:delete", args=[used.pk]))
    Removal.objects.update(made_at=timezone.now() - deleted_files.KEPT - timedelta(minutes=1))
    assert (deleted_files.clear(), used.file.storage.exists(used.file.name)) == (1, False)
    answer = administrator.post(reverse("change_undo", args=[Change.objects.get(action="delete").pk]), follow=True)
    assert "只留三十天" in answer.content.decode()
    assert Image.objects.count() == 0


@pytest.mark.each_database
def test_the_file_of_a_picture_that_nobody_can_bring_back_goes(
    db: None, django_capture_on_commit_callbacks: Callable
) -> None:
    """Deleted otherwise than by the admin's forms, as Wagtail does; and kept where the deletion did not happen."""
    used = picture()
    with django_capture_on_commit_callbacks(execute=True), suppress(ZeroDivisionError), transaction.atomic():
        Image.objects.get().delete()
        raise ZeroDivisionError
    assert used.file.storage.exists(used.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        used.delete()
    assert not used.file.storage.exists(used.file.name)
