"""Tasks in tests are done at once, but only when what asked for them holds: as a worker would, which sees no open transaction."""

from typing import Any

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task


class AfterCommit(ImmediateBackend):
    """Does a task after the commit, and tells nobody how it went."""

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> None:
        """Do it then."""
        now = super().enqueue
        transaction.on_commit(lambda: now(task, args, kwargs))
