"""Tasks in the database: asked for once, done one at a time, taken up again when their worker died, done again when wished."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

BACKEND = "worker"
"""The name in the setting TASKS."""
MOST = 3
"""Times that a task is begun; one that ends its worker each time is not begun for ever."""
AGAIN = timedelta(minutes=10)
"""After this time the clock tries again what failed for a reason that may pass."""
# What the library's own loop would ask for, which is not used: it knows no worker that died.
UNUSED: dict[str, Any] = {
    "queue_names": ["*"],
    "excluded_queue_names": [],
    "interval": 0,
    "batch": False,
    "startup_delay": False,
    "max_tasks": None,
}
LASTING = ("media.sandbox.NotTaken",)
"""Failures that come again as long as nobody does something."""
KEPT, KEPT_FAILED = timedelta(days=1), timedelta(days=30)


class WorkerDied(Exception):
    """Whoever did this task came to an end before it did."""


def ask_once(task: Task[..., Any], *arguments: Any) -> bool:
    """Ask for a task, unless it waits, runs, or failed for good or a moment ago; returns whether it was asked for."""
    same = DBTaskResult.objects.filter(
        task_path=task.module_path, args_kwargs={"args": list(arguments), "kwargs": {}}
    ).exclude(status=TaskResultStatus.SUCCESSFUL)
    row = same.first()
    if row is None:
        task.enqueue(*arguments)
        return True
    passing = row.status == TaskResultStatus.FAILED and row.exception_class_path not in LASTING
    return passing and row.finished_at < timezone.now() - AGAIN and again(row)


def again(row: DBTaskResult[..., Any]) -> bool:
    """Let a task that failed be done again, from its first try on; False when somebody did that already."""
    failed = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.FAILED)
    return bool(failed.update(status=TaskResultStatus.READY, worker_ids=[], finished_at=None, started_at=None))


def work_one(name: str) -> bool:
    """Do the task that is next; False when none waits. A task that fails is marked so, with its reason."""
    waiting = DBTaskResult.objects.ready().filter(backend_name=BACKEND)
    # Looked at without taking the database's one writer first.
    if not waiting.exists():
        return False
    with transaction.atomic():
        row = waiting.get_locked()
        if row:
            row.claim(name)
    if row:
        Worker(worker_id=name, backend_name=BACKEND, **UNUSED).run_task(row)
    return True


def retake() -> None:
    """Let be done again what a worker left that is no more. Call it while no other worker can be at work."""
    for row in DBTaskResult.objects.running():
        if len(row.worker_ids) < MOST:
            row.status, row.started_at = TaskResultStatus.READY, None
            row.save(update_fields=["status", "started_at"])
        else:
            row.set_failed(WorkerDied(f"its worker ended {MOST} times"))


def prune() -> None:
    """Forget what was done, and after a while what failed."""
    now = timezone.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - KEPT).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - KEPT_FAILED).delete()
