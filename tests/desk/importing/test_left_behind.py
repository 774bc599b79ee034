"""What uploads leave behind: kept for a while, said for how long, and gone after it, but never while somebody or the worker needs it."""

import os
import shutil
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from authorities.models import Place
from cms.models import Change, Incoming, IncomingRow
from cms.worker import left_uploads
from cms.worker.clock import clear_files
from tests.desk.importing.conftest import Desk

TABLE = ("place.csv", "编号,题名\nXH-PL-000901,甲路\n")
State = Incoming.State


def aged(incoming: Incoming, days: int, state: str) -> Incoming:
    """Let an upload be so old, and in a state."""
    Incoming.objects.filter(pk=incoming.pk).update(made_at=timezone.now() - timedelta(days=days), state=state)
    return incoming


@pytest.mark.parametrize(
    ("state", "kept", "gone"),
    [(State.SAVED, 29, 31), (State.ASKING, 89, 91), (State.CHECKED, 89, 91), (State.REFUSED, 89, 91)],
)
def test_an_upload_goes_when_its_time_is_over(librarian: Desk, state: str, kept: int, gone: int) -> None:
    young, old = aged(librarian.upload(TABLE), kept, state), aged(librarian.upload(TABLE), gone, state)
    clear_files()
    assert (young.folder.is_dir(), old.folder.exists()) == (True, False)
    assert [one.pk for one in Incoming.objects.all()] == [young.pk]
    assert set(IncomingRow.objects.values_list("incoming", flat=True)) <= {young.pk}


@pytest.mark.parametrize("state", [State.CHECKING, State.SAVING])
def test_what_the_worker_is_at_stays(librarian: Desk, state: str) -> None:
    busy = aged(librarian.upload(TABLE), 400, state)
    assert left_uploads.clear() == 0
    assert busy.folder.is_dir()


def test_what_a_table_did_can_be_undone_after_its_file_has_gone(editor: Desk) -> None:
    """The journal has it."""
    incoming = editor.does(editor.upload(TABLE), "go", become="published")
    aged(incoming, 31, State.SAVED)
    clear_files()
    change = Change.objects.get()
    assert editor.client.get(f"/admin/changes/{change.pk}/").status_code == 200
    editor.post(f"/admin/changes/{change.pk}/undo/", {})
    assert not Place.objects.exists()
    assert editor.client.get(f"/admin/incoming/{incoming.pk}/").status_code == 404


def test_a_folder_of_nothing_goes_after_a_day(librarian: Desk) -> None:
    """The plug was pulled before the upload was in the database, or after it was out of it."""
    there = librarian.upload(TABLE)
    stray, fresh = there.folder.with_name("987654"), there.folder.with_name("987655")
    for folder in (stray, fresh):
        shutil.copytree(there.folder, folder)
    for folder in (stray, there.folder):
        os.utime(folder, (0, 0))
    left_uploads.clear()
    assert (stray.exists(), fresh.is_dir(), there.folder.is_dir()) == (False, True, True)


def test_the_page_says_for_how_long(office: Callable[[str], Desk]) -> None:
    librarian = office("编目员")
    librarian.upload(TABLE)
    page = librarian.client.get("/admin/incoming/").content.decode()
    assert (left_uploads.KEPT_OPEN.days, left_uploads.KEPT_SAVED.days) == (90, 30)
    assert "没做完的留九十天" in page
    assert "三十天" in page
