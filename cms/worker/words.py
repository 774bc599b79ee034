"""What tasks are called in the report of work in the background; a kind says it of those that it brings."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django_tasks.base import Task

Whom = Callable[..., object]
"""What a task is done to, from its arguments; None where that is no longer there."""
WORDS: dict[str, tuple[str | Promise, Whom]] = {}


def called(task: Task[..., Any], words: str | Promise, whom: Whom) -> None:
    """Say what a task does, in words of the reader's language, and to what."""
    WORDS[task.module_path] = (words, whom)
