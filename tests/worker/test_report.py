"""The report of work in the background: who sees it, what it says in both languages, and the button that does a task again."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.users.models import UserProfile

from benchmarks.broken_pictures import noise, png, saved
from cms.setup.roles import EDITORS, LIBRARIANS
from cms.worker import queue
from cms.worker.words import WORDS
from media.models import Image

ROOT = settings.ROOT


def desk(group: str, language: str = "") -> Client:
    """Log somebody of a group in."""
    user = User.objects.create_user(f"one-{group}{language}", is_superuser=not group)
    if group:
        user.groups.add(Group.objects.get_or_create(name=group)[0])
    if language:
        UserProfile.objects.create(user=user, preferred_language=language)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def broken(db: None) -> Image:
    """A picture whose sizes could not be made: its file is damaged."""
    image = Image.objects.create(title="外滩旧影", file=ContentFile(png(60, 60), "a.png"))
    Path(image.file.path).write_bytes(saved(noise(), "PNG")[:3000])
    queue.work_one("a worker")
    return image


@pytest.mark.parametrize(("group", "allowed"), [(LIBRARIANS, False), ("讲解员", False), (EDITORS, True), ("", True)])
def test_it_is_for_those_who_answer_for_what_is_published(group: str, allowed: bool, broken: Image) -> None:
    """Editors and the administrator; all others are sent away, also from the button."""
    client, row = desk(group), DBTaskResult.objects.get()
    assert (client.get(reverse("tasks")).status_code == 200) == allowed
    assert (reverse("tasks") in client.get("/admin/", follow=True).content.decode()) == allowed
    assert client.post(reverse("tasks_again", args=[row.pk])).status_code in (302, 403)
    assert client.get(reverse("tasks_again", args=[row.pk])).status_code in (302, 403, 405)
    row.refresh_from_db()
    assert row.status == ("READY" if allowed else "FAILED")


def test_it_says_what_failed_and_why(broken: Image) -> None:
    chinese = desk(EDITORS).get(reverse("tasks")).content.decode()
    assert "外滩旧影" in chinese
    assert "读不到底" in chinese
    english = desk(EDITORS, "en").get(reverse("tasks")).content.decode()
    assert "Background tasks" in english
    assert "damaged or incomplete" in english
    assert "读不到底" not in english


@pytest.mark.each_database
def test_once_the_reason_is_gone_it_is_done_again(broken: Image) -> None:
    Path(broken.file.path).write_bytes(png(60, 60))
    client = desk(EDITORS)
    page = client.get(reverse("tasks"))
    action = reverse("tasks_again", args=[DBTaskResult.objects.get().pk])
    assert f'action="{action}"' in page.content.decode()
    assert client.post(action)["Location"] == reverse("tasks")
    assert queue.work_one("a worker")
    assert broken.renditions.count() == 3
    assert "外滩旧影" not in client.get(reverse("tasks")).content.decode()


def test_every_other_reason_has_words(broken: Image) -> None:
    from cms.desk.tasks import reason

    row = DBTaskResult.objects.get()
    for said, words in (
        ("OSError: [Errno 28] No space left on device: '/var'", "磁盘满了"),
        ("wagtail.images.models.SourceImageIOError: [Errno 2] No such file or directory: 'a'", "不在磁盘上"),
        ("cms.worker.queue.WorkerDied: its worker ended 3 times", "中断"),
        ("ValueError: what Python said", "ValueError: what Python said"),
        ("", ""),
    ):
        row.traceback = f"Traceback\n{said}\n" if said else ""
        assert words in reason(row)
        assert words or reason(row) == ""


def test_every_task_has_words() -> None:
    """A row that says `cut_by_id` tells an editor nothing; whoever brings a task says what it does."""
    rooms = [
        ROOT / "cms",
        ROOT / "media",
        *(settings.SHELVES / kind for kind in settings.KINDS if kind not in settings.STRANGERS),
    ]
    brought = {
        f"{'.'.join(path.relative_to(settings.SHELVES if settings.SHELVES in path.parents else ROOT).with_suffix('').parts)}.{one.name}"
        for room in rooms
        for path in room.rglob("*.py")
        for one in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(one, ast.FunctionDef)
        and any("task" in ast.unparse(by).split("(")[0] for by in one.decorator_list)
    }
    assert "media.renditions.make_by_id" in brought
    assert brought == set(WORDS)
