"""A process that ends in the middle of its work, at one of its statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


class Killed(BaseException):
    """The process ended here."""


@contextmanager
def killed_at(number: int) -> Iterator[None]:
    """Raise Killed in the place of the statement of this number, counted from 1; nothing where there are fewer."""
    left = number

    def one_more(execute: Any, *statement: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed
        return execute(*statement)

    with connection.execute_wrapper(one_more):
        yield
